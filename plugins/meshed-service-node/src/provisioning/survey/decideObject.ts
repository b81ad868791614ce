import {
  annotations,
  FieldChange,
  formatObjectRef,
  KubernetesObject,
  PlannedObject,
  Problem,
  ProvisioningSystem,
  kinds,
  refOf,
} from '@meshway/plugin-meshed-service-common';
import {
  FieldConflictError,
  Kubernetes,
  ObjectGoneError,
  ObservedKubernetesObject,
} from '../../kubernetes';
import { changesBetween, changesNotMade } from '../../difference';
import { describeHolder, Holder, isOurs } from '../ownership';

/** What has to be done about one object. */
export type ObjectDecision = {
  object: KubernetesObject;
  live: ObservedKubernetesObject | undefined;
  plan: PlannedObject;
  problem?: Problem;
};

/** Argo CD's application is an object of Kubernetes, but people look for it under the other name. */
export const systemOf = ({ kind }: { kind: string }): ProvisioningSystem =>
  kind === kinds.Application.kind ? 'argocd' : 'kubernetes';

/** Decides as far as that needs no answer of the server: what is there, and whose it is. */
export function decideByOwner(
  object: KubernetesObject,
  live: ObservedKubernetesObject | undefined,
  holder: Holder,
): ObjectDecision {
  const ref = refOf(object);
  const system = systemOf(object);
  const about = { system, ref };
  if (!live) return { object, live, plan: { ...about, action: 'create' } };
  const name = formatObjectRef(ref);
  if (!isOurs(live, holder)) {
    const by = describeHolder(live);
    return {
      object,
      live,
      plan: { ...about, action: 'conflict', conflicts: [{ with: by }] },
      problem: {
        code: 'name-taken',
        ...about,
        message: `${name} belongs to ${by}.`,
        fix: 'Choose another name, or ask them; nothing of theirs is touched.',
      },
    };
  }
  if (live.metadata.deletionTimestamp !== undefined)
    return {
      object,
      live,
      plan: {
        ...about,
        action: 'conflict',
        because: 'it is being deleted',
      },
      problem: {
        code:
          ref.kind === kinds.Application.kind
            ? 'application-terminating'
            : 'namespace-terminating',
        ...about,
        message: `${name} is being deleted${waitsFor(live)}.`,
        fix: 'Wait until it is gone, then repeat. If it stays, ask the platform team what holds it.',
      },
    };
  return { object, live, plan: { ...about, action: 'unchanged' } };
}

/** Asks the server what an apply would change: it alone knows defaults, merged lists and who wrote which field. */
export async function decideByDryRun(
  decision: ObjectDecision & { live: ObservedKubernetesObject },
  kubernetes: Kubernetes,
  signal: AbortSignal | undefined,
): Promise<ObjectDecision> {
  const { object, live, plan } = decision;
  try {
    const after = await kubernetes.apply(object, {
      uid: live.metadata.uid,
      dryRun: true,
      signal,
    });
    const changes = changesBetween(live, after);
    return changes.length === 0
      ? decision
      : {
          ...decision,
          plan: { ...plan, action: 'change', ...fieldsOf(changes) },
        };
  } catch (error) {
    // Somebody has deleted it since it was read.
    if (error instanceof ObjectGoneError)
      return { object, live: undefined, plan: { ...plan, action: 'create' } };
    if (!(error instanceof FieldConflictError)) throw error;
    const conflicts = error.conflicts.map(({ manager, field }) => ({
      with: manager,
      field,
    }));
    const { ref } = plan;
    return {
      ...decision,
      plan: { ...plan, action: 'conflict', conflicts },
      problem: {
        code: 'field-conflict',
        system: plan.system,
        ref,
        message: `${formatObjectRef(ref)}: ${conflicts
          .map(({ with: by, field }) => `${field} was written by ${by}`)
          .join(', ')}.`,
        fix: 'Let them give the field up, or ask for the value that they wrote. Nothing is taken over by force.',
      },
    };
  }
}

/** Compares by what was asked for only: an object that somebody else writes cannot be asked about by a dry run of ours. */
export function decideByContent(decision: ObjectDecision): ObjectDecision {
  const { object, live, plan } = decision;
  if (!live) return { ...decision, plan: { ...plan, action: 'awaited' } };
  if (plan.action !== 'unchanged') return decision;
  // What Argo CD writes from the repository has no claim on it; that it is ours has been seen already.
  const { [annotations.claim]: _, ...written } =
    object.metadata.annotations ?? {};
  const metadata = { ...object.metadata, annotations: written };
  const changes = changesNotMade({ ...object, metadata }, live);
  return changes.length === 0
    ? decision
    : {
        ...decision,
        plan: { ...plan, action: 'awaited', ...fieldsOf(changes) },
      };
}

const fieldsOf = (changes: FieldChange[]) => ({
  fields: changes.map(({ field }) => field),
  changes,
});

function waitsFor({ metadata }: ObservedKubernetesObject): string {
  const { finalizers } = metadata;
  return finalizers && finalizers.length > 0
    ? `, and waits for ${finalizers.slice(0, 5).join(', ')}`
    : '';
}
