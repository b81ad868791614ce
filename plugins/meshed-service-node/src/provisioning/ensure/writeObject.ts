import {
  formatObjectRef,
  KubernetesObject,
  kinds,
  ReceiptStep,
  refOf,
} from '@meshway/plugin-meshed-service-common';
import {
  BeingDeletedError,
  Kubernetes,
  ObjectGoneError,
  ObservedKubernetesObject,
} from '../../kubernetes';
import { fieldsThatDiffer } from '../../difference';
import { ProvisioningConflictError } from '../errors';
import { describeHolder, Holder, isOurs, namespaceClaim } from '../ownership';
import { systemOf } from '../survey/decideObject';

const ATTEMPTS = 3;

/** What was done to an object, and the object as it is since. */
export type Written = { step: ReceiptStep; object: ObservedKubernetesObject };

/**
 * Makes an object what it should be: created whole where there is none, else applied onto exactly the one that is ours.
 * Somebody may delete it meanwhile; then it is made again.
 *
 * @throws ProvisioningConflictError naming the owner, FieldConflictError naming manager and field; nothing was overwritten.
 */
export async function writeObject(
  kubernetes: Kubernetes,
  wanted: KubernetesObject,
  holder: Holder,
  signal?: AbortSignal,
): Promise<Written> {
  const create = () =>
    wanted.kind === kinds.Namespace.kind
      ? kubernetes.claim(namespaceClaim(holder), { signal })
      : kubernetes.create(wanted, { signal });
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    const { outcome, object } = await create();
    if (outcome === 'exists') refuseUnlessOurs(object, holder);
    // Created whole: there is nothing left to apply. A namespace was only claimed.
    if (outcome === 'created' && wanted.kind !== kinds.Namespace.kind)
      return { step: stepOf(wanted, 'created'), object };
    try {
      return await applyOnto(kubernetes, wanted, object, outcome, signal);
    } catch (error) {
      if (!(error instanceof ObjectGoneError) || attempt === ATTEMPTS)
        throw error;
    }
  }
}

/** The same for an object that has been seen: one request less, unless it is gone or another by now. */
export async function changeObject(
  kubernetes: Kubernetes,
  wanted: KubernetesObject,
  live: ObservedKubernetesObject,
  holder: Holder,
  signal?: AbortSignal,
): Promise<Written> {
  refuseUnlessOurs(live, holder);
  try {
    return await applyOnto(kubernetes, wanted, live, 'exists', signal);
  } catch (error) {
    if (!(error instanceof ObjectGoneError)) throw error;
    return writeObject(kubernetes, wanted, holder, signal);
  }
}

async function applyOnto(
  kubernetes: Kubernetes,
  wanted: KubernetesObject,
  live: ObservedKubernetesObject,
  was: 'created' | 'exists',
  signal?: AbortSignal,
): Promise<Written> {
  const object = await kubernetes.apply(wanted, {
    uid: live.metadata.uid,
    signal,
  });
  if (was === 'created') return { step: stepOf(wanted, 'created'), object };
  const fields = fieldsThatDiffer(live, object);
  return fields.length === 0
    ? { step: stepOf(wanted, 'unchanged'), object }
    : { step: { ...stepOf(wanted, 'changed'), fields }, object };
}

/** @throws ProvisioningConflictError naming the owner, BeingDeletedError. */
export function refuseUnlessOurs(
  live: ObservedKubernetesObject,
  holder: Holder,
): void {
  const name = formatObjectRef(refOf(live));
  if (!isOurs(live, holder))
    throw new ProvisioningConflictError(
      `${name} belongs to ${describeHolder(
        live,
      )}. Choose another name, or ask them; nothing of theirs was touched.`,
    );
  if (live.metadata.deletionTimestamp !== undefined)
    throw new BeingDeletedError(
      `${name} is being deleted; wait until it is gone, then repeat.`,
    );
}

export function stepOf(
  object: KubernetesObject,
  outcome: ReceiptStep['outcome'],
): ReceiptStep {
  return { system: systemOf(object), ref: refOf(object), outcome };
}
