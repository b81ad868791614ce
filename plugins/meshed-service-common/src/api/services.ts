import { z } from 'zod';
import { rungs, states } from '../status/MeshStatus';
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
});
/** One line of the fleet. @public */
export type ServiceSummary = z.infer<typeof serviceSummarySchema>;

/** Query of `GET services`; every filter narrows. Numbers arrive as text. @public */
export const servicesQuerySchema = z
  .object({
    cluster: z.string().max(253).optional(),
    namespace: z.string().max(253).optional(),
    owner: z.string().max(253).optional(),
    /** A rung of the ladder, or `unknown`. */
    verdict: z.enum([...rungs, 'unknown']).optional(),
    state: z.enum(states).optional(),
    /** Part of the name. */
    search: z.string().max(100).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  })
  .strict();
/** With its defaults filled in: what the backend works with. @public */
export type ServicesQuery = z.output<typeof servicesQuerySchema>;
/** What a client may send. @public */
export type ServicesQueryInput = z.input<typeof servicesQuerySchema>;

/** Answer of `GET services`. Only what the asker may read is counted. @public */
export const servicesResponseSchema = z.object({
  items: z.array(serviceSummarySchema),
  total: z.number().int(),
});
/** The part of the fleet that was asked for. @public */
export type ServicesResponse = z.infer<typeof servicesResponseSchema>;
