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

/**
 * Asks whether somebody holds the name already.
 * @returns who, in a sentence; undefined when nobody does, or when too little is filled in to ask.
 */
export async function whoHolds(
  name: string,
  form: JsonObject,
  api: MeshedServiceApi,
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (typeof form.owner !== 'string' || !form.owner) return undefined;
  const { owner, workload } = form;
  const plan = await api.plan(
    { ...placeOf(form), name, owner, workload: withImage(workload) },
    { signal },
  );
  return plan.kind === 'planned' ? plan.taken?.message : undefined;
}

/** The name can be asked about before the image is known. */
function withImage(workload: unknown): object {
  const given = typeof workload === 'object' && workload ? workload : {};
  return { image: 'image', ...given };
}
