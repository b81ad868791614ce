import { z } from 'zod';
import {
  freshnesses,
  rungs,
  states,
  type Evidence,
  type Finding,
  type MeshStatus,
  type PortStatus,
  type SourceStatus,
  type TrafficSummary,
  type Verdict,
} from '../status/MeshStatus';
import { statusMarkSchema, type StatusMark } from './signals';

/** Which service, as it goes over the wire. @public */
export const serviceRefSchema = z.object({
  cluster: z.string().min(1).max(253),
  namespace: z.string().min(1).max(253),
  name: z.string().min(1).max(253),
});

/** Which Kubernetes object, as it goes over the wire. @public */
export const objectRefSchema = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});

/** A rung of the ladder, or why none is known, as it goes over the wire. @public */
export const verdictSchema: z.ZodType<Verdict> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('known'), rung: z.enum(rungs) }),
  z.object({
    kind: z.literal('unknown'),
    because: z.string(),
    atMost: z.enum(rungs),
  }),
]);

const evidence: z.ZodType<Evidence> = z.object({
  ref: objectRefSchema,
  field: z.string().optional(),
  value: z.string().optional(),
});

/** What a check found, with its evidence, as it goes over the wire. @public */
export const findingSchema: z.ZodType<Finding> = z.object({
  code: z.string(),
  title: z.string(),
  state: z.enum(states),
  message: z.string(),
  evidence: z.array(evidence),
  fix: z.string().optional(),
  docs: z.string(),
});

const port: z.ZodType<PortStatus> = z.object({
  port: z.number().int(),
  name: z.string().optional(),
  protocol: z.string(),
  verdict: verdictSchema,
  explanation: z.string(),
  evidence: z.array(evidence),
});

const seen = {
  windowSeconds: z.number(),
  observedAt: z.string(),
  source: z.string(),
  unseen: z.array(z.string()),
  outdated: z.string().optional(),
};

const traffic: z.ZodType<TrafficSummary> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('noData'),
    because: z.string(),
    source: z.string().optional(),
    observedAt: z.string().optional(),
  }),
  z.object({ kind: z.literal('noTraffic'), ...seen }),
  z.object({
    kind: z.literal('observed'),
    securedShare: z.number().min(0).max(1),
    requests: z.number(),
    connections: z.number(),
    plaintextFrom: z.array(z.string()),
    unauthenticated: z.array(z.string()),
    wouldBeDenied: z.array(z.string()),
    denied: z.array(z.string()),
    ...seen,
  }),
]);

/** How fresh what a source says is, as it goes over the wire. @public */
export const sourceStatusSchema: z.ZodType<SourceStatus> = z.object({
  source: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  freshness: z.enum(freshnesses),
  observedAt: z.string().optional(),
  message: z.string().optional(),
  lagSeconds: z.number().optional(),
});

const meshStatus = z.object({
  service: serviceRefSchema,
  declared: z.boolean(),
  observed: z.boolean(),
  verdict: verdictSchema,
  state: z.enum(states),
  summary: z.string(),
  ports: z.array(port),
  traffic,
  findings: z.array(findingSchema),
  sources: z.array(sourceStatusSchema),
  observedAt: z.string().optional(),
});

/** Everything that is known about the mTLS of one service, as it goes over the wire. @public */
export const meshStatusSchema: z.ZodType<MeshStatus> = meshStatus;

/** A status, and which edition of it this is: changes are announced under that mark. @public */
export type MarkedStatus = MeshStatus & { mark?: StatusMark };

/** Answer of `GET services/{cluster}/{namespace}/{name}/status`. @public */
export const markedStatusSchema: z.ZodType<MarkedStatus> = meshStatus.extend({
  mark: statusMarkSchema.optional(),
});

/** How many services one batch may ask about. @public */
export const MAX_BATCH = 100;

/** Body of `POST services/status`. @public */
export const statusBatchRequestSchema = z
  .object({
    services: z.array(serviceRefSchema.strict()).min(1).max(MAX_BATCH),
  })
  .strict();
/** Asks for the statuses of several services. @public */
export type StatusBatchRequest = z.infer<typeof statusBatchRequestSchema>;

/** One answer of a batch: in the order of the request, each on its own. @public */
export const statusBatchItemSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    service: serviceRefSchema,
    status: markedStatusSchema,
  }),
  z.object({ kind: z.literal('notFound'), service: serviceRefSchema }),
  z.object({ kind: z.literal('denied'), service: serviceRefSchema }),
]);
/** What is answered about one service of a batch. @public */
export type StatusBatchItem = z.infer<typeof statusBatchItemSchema>;

/** Answer of `POST services/status`. @public */
export const statusBatchResponseSchema = z.object({
  items: z.array(statusBatchItemSchema),
});
/** The statuses of several services, in the order of the request. @public */
export type StatusBatchResponse = z.infer<typeof statusBatchResponseSchema>;
