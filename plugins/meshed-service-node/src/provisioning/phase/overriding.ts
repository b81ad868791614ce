import {
  FieldConflict,
  formatObjectRef,
  kinds,
  KubernetesObject,
  Problem,
  ReceiptStep,
} from '@meshway/plugin-meshed-service-common';
import { ProvisioningCluster } from '../context';
import { fieldsThatDiffer } from '../../difference';
import { stepOf } from '../ensure/writeObject';
import { PhaseOptions } from '../MeshedServiceProvisioning';
import { ObjectDecision } from '../survey/decideObject';

/** The one field that may be taken from somebody else, and only of our own Servers, and only on the way back. */
const ACCESS_POLICY = 'spec.accessPolicy';

/** A Server of ours whose policy somebody else has written. */
export type Overriding = {
  decision: ObjectDecision & { live: NonNullable<ObjectDecision['live']> };
  /** What is applied by force: our policy, and everything else that is contested as it is. */
  object: KubernetesObject;
  overrode: FieldConflict[];
};

/** @returns how a conflict can be ended by force, or undefined when it must not be. */
export function overridingOf(decision: ObjectDecision): Overriding | undefined {
  const { object, live, plan } = decision;
  const conflicts = plan.conflicts ?? [];
  const isContested = conflicts.some(({ field }) => field === ACCESS_POLICY);
  if (
    object.kind !== kinds.Server.kind ||
    plan.action !== 'conflict' ||
    !live ||
    !isContested
  )
    return undefined;
  const others = conflicts.filter(({ field }) => field !== ACCESS_POLICY);
  const yielding = others.reduce<KubernetesObject | undefined>(
    (each, { field }) =>
      each && field !== undefined ? withLive(each, live, field) : undefined,
    object,
  );
  return (
    yielding && {
      decision: { ...decision, live },
      object: yielding,
      overrode: conflicts.filter(({ field }) => field === ACCESS_POLICY),
    }
  );
}

/** Takes the policy of our Servers over, on exactly the state that was looked at. */
export async function override(
  forced: readonly Overriding[],
  { kubernetes }: ProvisioningCluster,
  { signal, onStep, onOverridden }: PhaseOptions,
): Promise<ReceiptStep[]> {
  const steps: ReceiptStep[] = [];
  for (const { decision, object, overrode } of forced) {
    signal?.throwIfAborted();
    onStep?.(
      `Taking spec.accessPolicy of ${formatObjectRef(
        decision.plan.ref,
      )} from ${overrode.map(each => each.with).join(', ')}`,
    );
    const { uid, resourceVersion } = decision.live.metadata;
    const after = await kubernetes.apply(object, {
      uid,
      resourceVersion,
      force: true,
      signal,
    });
    const fields = fieldsThatDiffer(decision.live, after);
    const step = { ...stepOf(object, 'changed'), fields, overrode };
    onOverridden?.(step);
    steps.push(step);
  }
  return steps;
}

/** @returns the problems that force does not end. */
export function unforcedProblems(
  problems: readonly Problem[],
  forced: readonly Overriding[],
): Problem[] {
  return problems.filter(
    problem =>
      problem.code !== 'field-conflict' ||
      !forced.some(({ decision }) => decision.problem === problem),
  );
}

/** @returns the object with one field of its spec as it is now; undefined when the field lies deeper than that. */
function withLive(
  object: KubernetesObject,
  live: KubernetesObject,
  field: string,
): KubernetesObject | undefined {
  const [, key] = /^spec\.(\w+)$/.exec(field) ?? [];
  if (key === undefined) return undefined;
  return {
    ...object,
    spec: { ...Object(object.spec), [key]: Object(live.spec)[key] },
  };
}
