import { z } from 'zod';
import { phases } from '../spec/MeshedServiceSpec';
import { rungs, states } from '../status/MeshStatus';
import { fieldChangeSchema } from './fieldChange';
import { violationSchema } from './guardrails';
import { plannedFileSchema } from './plannedFile';
import { meshStatusSchema, objectRefSchema } from './status';

/** Where something is written, or was found to be wrong. @public */
export const provisioningSystems = [
  'kubernetes',
  'vault',
  'argocd',
  'registry',
  'repository',
  'guardrails',
] as const;
/** @public */
export type ProvisioningSystem = (typeof provisioningSystems)[number];

/** What can be wrong before the first write. Stable: programs tell problems apart by it. @public */
export const problemCodes = [
  'name-taken',
  'field-conflict',
  'namespace-terminating',
  'permission-missing',
  'kind-missing',
  'quota-exceeded',
  'refused-by-cluster',
  'server-too-old',
  'clock-skew',
  'unreachable',
  'vault-not-configured',
  'vault-sealed',
  'vault-uninitialized',
  'vault-mount-missing',
  'vault-capability-missing',
  'project-objects',
  'application-terminating',
  'phase-forward',
] as const;
/** @public */
export type ProblemCode = (typeof problemCodes)[number];

/** One reason why an operation would not work, and the way out. @public */
export const problemSchema = z.object({
  code: z.enum(problemCodes),
  system: z.enum(provisioningSystems),
  message: z.string(),
  fix: z.string(),
  ref: objectRefSchema.optional(),
});
/** @public */
export type Problem = z.infer<typeof problemSchema>;

/** A field that somebody else has written. @public */
export const fieldConflictSchema = z.object({
  /** Field manager, as the API server knows it, or the owner of a name. */
  with: z.string(),
  /** Path of the field; absent when the whole object is somebody else's. */
  field: z.string().optional(),
});
/** @public */
export type FieldConflict = z.infer<typeof fieldConflictSchema>;

/**
 * What a write would do to one object. `left`: it is there, no longer asked for, and stays for a reason. `awaited`: somebody
 * else writes it (Argo CD), and it is not as it will be.
 * @public
 */
export const plannedObjectSchema = z.object({
  system: z.enum(provisioningSystems),
  ref: objectRefSchema,
  action: z.enum([
    'create',
    'change',
    'unchanged',
    'conflict',
    'delete',
    'left',
    'awaited',
  ]),
  /** With `change` and `awaited`: paths of the fields that differ. */
  fields: z.array(z.string()).optional(),
  /** The same fields, with their values. */
  changes: z.array(fieldChangeSchema).optional(),
  conflicts: z.array(fieldConflictSchema).optional(),
  because: z.string().optional(),
});
/** @public */
export type PlannedObject = z.infer<typeof plannedObjectSchema>;

/** What provisioning a service would do. Nothing has been written. @public */
export const provisioningPlanSchema = z.object({
  service: z.string(),
  owner: z.string(),
  delivery: z.enum(['gitops', 'apply']),
  /** The phase that the service is in now, as its Servers say; absent where there is none, or none that is known. */
  phase: z.enum(phases).optional(),
  /** `refused`: there are problems or violations. */
  outcome: z.enum(['create', 'change', 'unchanged', 'refused']),
  objects: z.array(plannedObjectSchema),
  /** Files of the service's repository, where a forge is at hand. */
  files: z.array(plannedFileSchema).optional(),
  problems: z.array(problemSchema),
  violations: z.array(violationSchema),
});
/** @public */
export type ProvisioningPlan = z.infer<typeof provisioningPlanSchema>;

/** What was done to one thing. `waiting`: not done yet, because another has to move first; repeating finishes it. @public */
export const receiptStepSchema = z.object({
  system: z.enum(provisioningSystems),
  ref: objectRefSchema,
  outcome: z.enum([
    'created',
    'changed',
    'unchanged',
    'deleted',
    'absent',
    'left',
    'waiting',
    'committed',
    'proposed',
  ]),
  fields: z.array(z.string()).optional(),
  /** Whose values were replaced by force: `spec.accessPolicy` of our own Servers, on a step back. */
  overrode: z.array(fieldConflictSchema).optional(),
  because: z.string().optional(),
});
/** @public */
export type ReceiptStep = z.infer<typeof receiptStepSchema>;

const phase = z.enum(['observe', 'audit', 'enforce']);

/** What traffic showed before a service moved to enforce. @public */
export const phaseEvidenceSchema = z.object({
  /** `nobody` was seen whom enforcement would deny, `somebody` was, or too little was seen to tell. */
  outcome: z.enum(['nobody', 'somebody', 'insufficient']),
  because: z.string(),
  callers: z.array(z.string()),
  windowSeconds: z.number(),
  source: z.string(),
  observedAt: z.string(),
});
/** @public */
export type PhaseEvidence = z.infer<typeof phaseEvidenceSchema>;

/** What a write did. Plain JSON, and nothing secret in it. @public */
export const provisioningReceiptSchema = z.object({
  service: z.string(),
  owner: z.string(),
  delivery: z.enum(['gitops', 'apply']),
  operation: z.enum(['ensure', 'retire', 'phase']),
  /** `partial`: something waits or was left; the steps say what. `proposed`: a change waits for review. */
  outcome: z.enum(['written', 'unchanged', 'partial', 'proposed']),
  at: z.string(),
  /** Entity reference of who asked. */
  by: z.string(),
  steps: z.array(receiptStepSchema),
  /** Uid of the namespace: what later operations hold on to. */
  namespaceUid: z.string().optional(),
  phase: z
    .object({
      from: phase,
      to: phase,
      /** Why it was moved forward without evidence from traffic, or against it. */
      reason: z.string().optional(),
      evidence: phaseEvidenceSchema.optional(),
    })
    .optional(),
  /** What has to be restarted until the change holds for undeclared ports, too. */
  restart: z.object({ ref: objectRefSchema, because: z.string() }).optional(),
  repository: z
    .object({
      name: z.string(),
      branch: z.string(),
      commit: z.string(),
      html: z.string(),
      change: z.string().optional(),
    })
    .optional(),
});
/** @public */
export type ProvisioningReceipt = z.infer<typeof provisioningReceiptSchema>;

/** What retiring a service would do. Nothing has been written. @public */
export const retirementPlanSchema = z.object({
  service: z.string(),
  owner: z.string(),
  delivery: z.enum(['gitops', 'apply']),
  objects: z.array(plannedObjectSchema),
  namespace: z.object({
    name: z.string(),
    action: z.enum(['delete', 'leave', 'absent']),
    because: z.string().optional(),
  }),
  /** In the namespace, and neither ours nor made by Kubernetes: never deleted one by one. */
  foreign: z.array(objectRefSchema),
  /** Kinds that may not be listed, as `resource.group`: nobody can say what there is. */
  unseen: z.array(z.string()),
  problems: z.array(problemSchema),
});
/** @public */
export type RetirementPlan = z.infer<typeof retirementPlanSchema>;

/** @public */
export const provisioningParts = [
  'namespace',
  'serviceAccount',
  'linkerdPolicy',
  'vaultRole',
  'argoApplication',
] as const;
/** A part of a service that is ensured and verified by itself. @public */
export type ProvisioningPart = (typeof provisioningParts)[number];

/** Whether the mesh does for a service what its phase promises. @public */
export const meshVerificationSchema = z.object({
  /** `ok`: it does. Else `progressing`, or `unknown` while too little can be seen. */
  state: z.enum(states),
  /** What the phase of the service promises. */
  promised: z.enum(rungs),
  message: z.string(),
  fix: z.string().optional(),
  /** Its pods have to be restarted, which nobody does by himself. */
  needsRestart: z.literal(true).optional(),
  /** Everything that is known about it. */
  status: meshStatusSchema,
});
/** @public */
export type MeshVerification = z.infer<typeof meshVerificationSchema>;

/** How a service is after waiting for it. @public */
export const verificationSchema = z.object({
  service: z.string(),
  state: z.enum(states),
  findings: z.array(
    z.object({
      part: z.enum(provisioningParts),
      state: z.enum(states),
      message: z.string(),
      fix: z.string().optional(),
      ref: objectRefSchema.optional(),
    }),
  ),
  /** What the mesh makes of it; absent where nobody watches the cluster, and where the service is somebody else's. */
  mesh: meshVerificationSchema.optional(),
  at: z.string(),
  /** The time was up before everything was as it should be. */
  timedOut: z.boolean(),
});
/** @public */
export type Verification = z.infer<typeof verificationSchema>;
