import { z } from 'zod';
import { deliveryModes, phases } from '../spec/MeshedServiceSpec';
import { violationSchema } from './guardrails';
import { line, ownerRef } from './text';
import {
  problemSchema,
  provisioningReceiptSchema,
  verificationSchema,
} from './provisioning';

/** Seconds that others (Argo CD, a finalizer) are waited for. Below the time after which clients give up on an answer. */
const waitSeconds = z.number().int().min(0).max(240).optional();

const request = {
  /** Original values. They are parsed again by the backend, so anything may stand there. */
  spec: z.unknown(),
  /** Template that asked, for the stamp. */
  template: z
    .object({ ref: line(253), version: line(100) })
    .strict()
    .optional(),
  /** Name of a configured skeleton; the first when absent. */
  skeleton: line(63).optional(),
  /** Task of the scaffolder that asks. */
  task: line(100).optional(),
  waitSeconds,
};

/** Body of `PUT services/{cluster}/{namespace}/{name}` and of each of its parts. @public */
export const ensureRequestSchema = z
  .object({
    ...request,
    /** Who holds the service now, when it shall be handed over to the owner in the spec; the rights of both are needed. */
    transferFrom: ownerRef.optional(),
  })
  .strict();
/** @public */
export type EnsureRequest = z.input<typeof ensureRequestSchema>;

/** Body of `PUT services/…/phase`. Without a spec the recorded one is meant. @public */
export const phaseRequestSchema = z
  .object({
    ...request,
    phase: z.enum(phases),
    /** Why it is moved forward without evidence from traffic, or against it. */
    reason: line(1000).optional(),
    /** Takes `spec.accessPolicy` of our own Servers from whoever wrote it. Only back. */
    force: z.boolean().optional(),
  })
  .strict();
/** @public */
export type PhaseChangeRequest = z.input<typeof phaseRequestSchema>;

/** Body of `POST services/…/verify`. Without a spec the recorded one is meant. @public */
export const verifyRequestSchema = z
  .object({
    spec: z.unknown(),
    waitSeconds,
    /**
     * In gitops: writes the Vault role once the namespace is there, or takes away one that is no longer asked for. Needs the
     * permission to change the service.
     */
    completeRole: z.boolean().optional(),
  })
  .strict();
/** @public */
export type VerifyRequest = z.input<typeof verifyRequestSchema>;

const retirement = {
  /** Whoever the caller believes to own it; another recorded owner is a conflict. */
  owner: ownerRef.optional(),
  /** Needed only where no stamp records it. */
  delivery: z.enum(deliveryModes).optional(),
  /** Name of the namespace, typed by the caller: then it goes with what nobody can list in it. */
  confirmNamespace: line(63).optional(),
};

/** Query of `GET services/…/retirement`: what would be deleted is shown as it would be with the same words in the body. @public */
export const retirementQuerySchema = z.object(retirement).strict();
/** @public */
export type RetirementQuery = z.input<typeof retirementQuerySchema>;

/** Body of `DELETE services/…`; it may be absent. @public */
export const retireRequestSchema = z
  .object({
    ...retirement,
    task: line(100).optional(),
    waitSeconds,
  })
  .strict();
/** @public */
export type RetireRequest = z.input<typeof retireRequestSchema>;

/** Media type of an answer in lines, one JSON value each. @public */
export const NDJSON = 'application/x-ndjson';

/** Why something failed, after the answer had begun. @public */
export const failureSchema = z.object({
  name: z.string(),
  message: z.string(),
  /** Status that the answer would have had. */
  status: z.number().int(),
  problems: z.array(problemSchema).optional(),
  violations: z.array(violationSchema).optional(),
});
/** @public */
export type Failure = z.infer<typeof failureSchema>;

/**
 * One line of an answer to `Accept: application/x-ndjson`: any number of steps, then one of the others. What fails before the
 * first step is answered as always, with its status.
 *
 * @public
 */
export const progressSchema = z.union([
  z.object({ step: z.string() }),
  z.object({ receipt: provisioningReceiptSchema }),
  z.object({ verification: verificationSchema }),
  z.object({ error: failureSchema }),
]);
/** @public */
export type Progress = z.infer<typeof progressSchema>;
