import { z } from 'zod';
import { phases } from '../spec/MeshedServiceSpec';
import { rungs, states } from '../status/MeshStatus';
import { statusMarkSchema } from './signals';
import { serviceRefSchema, verdictSchema } from './status';

/** One line of the fleet. @public */
export const serviceSummarySchema = z.object({
  service: serviceRefSchema,
  /** Full entity reference, where the service is declared. */
  owner: z.string().optional(),
  /** Full entity reference of its catalog entity, where one is known. */
  entityRef: z.string().optional(),
  declared: z.boolean(),
  observed: z.boolean(),
  verdict: verdictSchema,
  state: z.enum(states),
  summary: z.string(),
  observedAt: z.string().optional(),
  /** What was asked for, where it is declared. */
  phase: z.enum(phases).optional(),
  /** Version of the template that it was made with, from its stamp. */
  templateVersion: z.string().optional(),
  /** Under which its changes are announced. */
  mark: statusMarkSchema.optional(),
});
/** One line of the fleet. @public */
export type ServiceSummary = z.infer<typeof serviceSummarySchema>;

/** What a fleet can be sorted by. `state` and `verdict`: worst first; `observedAt`: oldest first; equals by name. @public */
export const fleetOrders = [
  'state',
  'verdict',
  'name',
  'owner',
  'cluster',
  'phase',
  'templateVersion',
  'observedAt',
] as const;
/** @public */
export type FleetOrder = (typeof fleetOrders)[number];

/** Query of `GET services`; every filter narrows. Numbers arrive as text. @public */
export const servicesQuerySchema = z
  .object({
    cluster: z.string().max(253).optional(),
    namespace: z.string().max(253).optional(),
    owner: z.string().max(253).optional(),
    /** A rung of the ladder, or `unknown`. */
    verdict: z.enum([...rungs, 'unknown']).optional(),
    state: z.enum(states).optional(),
    phase: z.enum(phases).optional(),
    templateVersion: z.string().max(100).optional(),
    /** Part of the name. */
    search: z.string().max(100).optional(),
    sort: z.enum(fleetOrders).default('state'),
    /** The other way round. */
    descending: z
      .enum(['true', 'false'])
      .default('false')
      .transform(text => text === 'true'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  })
  .strict();
/** With its defaults filled in: what the backend works with. @public */
export type ServicesQuery = z.output<typeof servicesQuerySchema>;
/** What a client may send. @public */
export type ServicesQueryInput = z.input<typeof servicesQuerySchema>;

/** How many stand on each rung, and of how many that is not known. @public */
export const fleetCountsSchema = z.record(
  z.enum([...rungs, 'unknown']),
  z.number().int(),
);
/** @public */
export type FleetCounts = z.infer<typeof fleetCountsSchema>;

/** Answer of `GET services`. Only what the asker may read is counted. @public */
export const servicesResponseSchema = z.object({
  items: z.array(serviceSummarySchema),
  total: z.number().int(),
  /** Of all that were asked for, not of this page alone. */
  counts: fleetCountsSchema.optional(),
});
/** The part of the fleet that was asked for. @public */
export type ServicesResponse = z.infer<typeof servicesResponseSchema>;
