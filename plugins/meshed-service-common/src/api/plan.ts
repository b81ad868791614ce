import { z } from 'zod';
import type { MeshedServiceSpec } from '../spec';
import { violationSchema } from './guardrails';
import { plannedFileSchema } from './plannedFile';
import { provisioningPlanSchema } from './provisioning';
import { ownerRef } from './text';

/** Body of `POST plan`. The spec is parsed by the backend, so anything may stand there. @public */
export const planRequestSchema = z
  .object({
    spec: z.unknown(),
    /** Who holds the service now, when it shall be handed over to the owner in the spec. */
    transferFrom: ownerRef.optional(),
  })
  .strict();
/** Asks what a request for a service would become. @public */
export type PlanRequest = { spec: unknown; transferFrom?: string };

/** One thing that is wrong with the request. @public */
export const specProblemSchema = z.object({
  path: z.string(),
  message: z.string(),
});

/**
 * Answer of `POST plan`. `refused`: the spec was not accepted, nothing else is known. `planned`: what a change would do;
 * violations or a taken name mean that it would be refused.
 * @public
 */
export const planResponseSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('refused'),
    problems: z.array(specProblemSchema).min(1),
  }),
  z.object({
    kind: z.literal('planned'),
    /** Parsed, with every default filled in. */
    spec: z.custom<MeshedServiceSpec>(
      value => typeof value === 'object' && value !== null,
    ),
    derivedNames: z.array(
      z.object({
        what: z.string(),
        value: z.string(),
        limit: z.number(),
        why: z.string(),
      }),
    ),
    files: z.array(plannedFileSchema),
    /** The bundle, as YAML documents in order. */
    objects: z.string(),
    violations: z.array(violationSchema),
    /** Present when the name is held, or the repository: without an owner, it is only the repository. */
    taken: z
      .object({ owner: z.string().optional(), message: z.string() })
      .optional(),
    /**
     * What would happen in the cluster, in Vault and in Argo CD. Absent where the portal does not write to the cluster, and
     * when the name is held by somebody whose services the caller may not see.
     */
    provisioning: provisioningPlanSchema.optional(),
    /** Why nobody can say what would happen there. */
    provisioningUnknown: z.string().optional(),
  }),
]);
/** What a request for a service would become, or what is wrong with it. @public */
export type PlanResponse = z.infer<typeof planResponseSchema>;
