import { z } from 'zod';
import { objectRefSchema } from './status';

/** A breach of a guardrail, as it goes over the wire. @public */
export const violationSchema = z.object({
  code: z.string(),
  title: z.string(),
  message: z.string(),
  why: z.string(),
  fix: z.string(),
  docs: z.string(),
  ref: objectRefSchema,
  path: z.string().optional(),
  clause: z.string().optional(),
});

/** A guardrail, for people. @public */
export const guardrailSummarySchema = z.object({
  code: z.string(),
  name: z.string(),
  title: z.string(),
  why: z.string(),
  fix: z.string(),
  docs: z.string(),
  /** Where it is evaluated. */
  holds: z.enum(['everywhere', 'portal', 'cluster']),
});
/** A guardrail, for people. @public */
export type GuardrailSummary = z.infer<typeof guardrailSummarySchema>;

/** Answer of `GET guardrails`. @public */
export const guardrailsResponseSchema = z.object({
  pack: z.object({
    name: z.string(),
    version: z.string(),
    digest: z.string(),
  }),
  items: z.array(guardrailSummarySchema),
});
/** The guardrails that are in force. @public */
export type GuardrailsResponse = z.infer<typeof guardrailsResponseSchema>;
