import type { JsonObject } from '@backstage/types';
import type { MeshedServiceApi } from '../api';
import { problemsAt } from './specProblems';

/** Where the service shall live, as far as the form knows it. */
export function placeOf(form: JsonObject): {
  cluster: string;
  namespace?: string;
} {
  const { cluster, namespace } = form;
  return {
    cluster: typeof cluster === 'string' && cluster ? cluster : 'local',
    ...(typeof namespace === 'string' && namespace ? { namespace } : {}),
  };
}

/** @returns what is wrong with a name in itself: characters, length with all that is made from it, reserved. */
export function nameProblems(name: string, form: JsonObject): string[] {
  return problemsAt({ ...placeOf(form), name }, 'name').map(
    ({ message }) => message,
  );
}

/** What is known about a name that is in use. */
export type NameInUse =
  /** Somebody else's: no way in. */
  | { kind: 'taken'; message: string }
  /** The owner's own: asking again changes nothing, or is a change. */
  | { kind: 'ours'; message: string };

/**
 * Asks whether a name is in use already.
 * @param form - with the owner: the chosen one, or whoever would be asking.
 * @returns undefined when it is free, or when too little is filled in to ask.
 */
export async function whoHolds(
  name: string,
  form: JsonObject,
  api: MeshedServiceApi,
  signal?: AbortSignal,
): Promise<NameInUse | undefined> {
  if (typeof form.owner !== 'string' || !form.owner) return undefined;
  const { owner, workload } = form;
  const plan = await api.plan(
    { ...placeOf(form), name, owner, workload: withImage(workload) },
    { signal },
  );
  if (plan.kind !== 'planned') return undefined;
  if (plan.taken) return heldBy(plan.taken, plan.spec.owner);
  return plan.files.every(({ change }) => change === 'create')
    ? undefined
    : {
        kind: 'ours',
        message: `${name} is there already and belongs to ${plan.spec.owner}. The same request again changes nothing; a different one is refused, with the way to propose a change.`,
      };
}

function heldBy(
  taken: { owner?: string; message: string },
  asking: string,
): NameInUse | undefined {
  const { owner, message } = taken;
  // Only the repository is in use, and a later page chooses another one; the review says so otherwise.
  if (owner === undefined) return undefined;
  return { kind: owner === asking ? 'ours' : 'taken', message };
}

/** The name can be asked about before the image is known. */
function withImage(workload: unknown): object {
  const given = typeof workload === 'object' && workload ? workload : {};
  return { image: 'image', ...given };
}
