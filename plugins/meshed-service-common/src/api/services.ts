import { z } from 'zod';
import { phases } from '../spec/MeshedServiceSpec';
import { rungs, states } from '../status/MeshStatus';
import { statusMarkSchema } from './signals';
import { serviceRefSchema, verdictSchema } from './status';

/** How many are in each state. @public */
export const stateCountsSchema = z.record(z.enum(states), z.number().int());
/** @public */
export type StateCounts = z.infer<typeof stateCountsSchema>;

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
  /** How many findings there are of each state. */
  findings: stateCountsSchema.optional(),
  summary: z.string(),
  observedAt: z.string().optional(),
  /** What was asked for, where it is declared. */
  phase: z.enum(phases).optional(),
  /** Full entity reference of the template that it was made with, from its stamp. */
  template: z.string().optional(),
  /** Version of that template. */
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
  'namespace',
  'owner',
  'cluster',
  'phase',
  'templateVersion',
  'observedAt',
] as const;
/** @public */
export type FleetOrder = (typeof fleetOrders)[number];

const filters = {
  cluster: z.string().max(253).optional(),
  namespace: z.string().max(253).optional(),
  owner: z.string().max(253).optional(),
  /** A rung of the ladder, or `unknown`. */
  verdict: z.enum([...rungs, 'unknown']).optional(),
  state: z.enum(states).optional(),
  phase: z.enum(phases).optional(),
  template: z.string().max(253).optional(),
  templateVersion: z.string().max(100).optional(),
  /** Part of the name. */
  search: z.string().max(100).optional(),
  sort: z.enum(fleetOrders).default('state'),
  /** The other way round. */
  descending: z
    .enum(['true', 'false'])
    .default('false')
    .transform(text => text === 'true'),
};

/** Query of `GET services`; every filter narrows. Numbers arrive as text. @public */
export const servicesQuerySchema = z
  .object({
    ...filters,
    limit: z.coerce.number().int().min(1).max(200).default(50),
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  })
  .strict();
/** With its defaults filled in: what the backend works with. @public */
export type ServicesQuery = z.output<typeof servicesQuerySchema>;
/** What a client may send. @public */
export type ServicesQueryInput = z.input<typeof servicesQuerySchema>;

/** Query of `GET services/export`: the fleet as a file. @public */
export const exportQuerySchema = z
  .object({ ...filters, format: z.enum(['csv', 'json']) })
  .strict();
/** With its defaults filled in: what the backend works with. @public */
export type ExportQuery = z.output<typeof exportQuerySchema>;
/** What a client may send. @public */
export type ExportQueryInput = z.input<typeof exportQuerySchema>;

/** How many services an export holds at most. @public */
export const MAX_EXPORT = 50_000;

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
  /** Of all that pass every filter but those of state and verdict, not of this page alone. */
  counts: fleetCountsSchema.optional(),
  /** Of the same. */
  countsByState: stateCountsSchema.optional(),
  /** Of the same: when that was seen which was seen first. */
  oldestObservedAt: z.string().optional(),
  /** How many services have a stamp that was not read yet: of them it is not known what was asked for. */
  unread: z.number().int().optional(),
});
/** The part of the fleet that was asked for. @public */
export type ServicesResponse = z.infer<typeof servicesResponseSchema>;
