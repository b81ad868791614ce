import {
  Kubernetes,
  ObservedKubernetesObject,
  PermissionMissingError,
  ServedKind,
} from '../../kubernetes';
import { concurrently } from '../survey/concurrently';
import { isMadeByKubernetes } from './classify';

/** What there is in a namespace, as far as one may look. */
export type Inventory = {
  objects: ObservedKubernetesObject[];
  /** Kinds that may not be listed, as `resource.group`; Secrets first. */
  unseen: string[];
};

/** Lists everything in a namespace, whoever made it. */
export async function takeInventory(
  kubernetes: Kubernetes,
  namespace: string,
  signal?: AbortSignal,
): Promise<Inventory> {
  const kinds = (await kubernetes.namespacedKinds({ signal })).filter(
    kind => !isMadeByKubernetes(kind),
  );
  const listed = await concurrently(kinds, async kind =>
    isSecret(kind) ? undefined : list(kubernetes, kind, namespace, signal),
  );
  const objects = listed.flatMap(items => items ?? []);
  return {
    // Some objects are served by two groups.
    objects: [
      ...new Map(objects.map(each => [each.metadata.uid, each])).values(),
    ],
    unseen: kinds
      .filter((_, index) => listed[index] === undefined)
      .sort((a, b) => Number(isSecret(b)) - Number(isSecret(a)))
      .map(nameOf),
  };
}

/** @returns undefined when the kind may not be listed. */
async function list(
  kubernetes: Kubernetes,
  kind: ServedKind,
  namespace: string,
  signal?: AbortSignal,
): Promise<ObservedKubernetesObject[] | undefined> {
  try {
    return await kubernetes.list(kind, { namespace }, { signal });
  } catch (error) {
    if (error instanceof PermissionMissingError) return undefined;
    throw error;
  }
}

/** Never looked at, even by credentials that may: what is in them is nobody's business here. */
const isSecret = ({ apiVersion, kind }: ServedKind) =>
  apiVersion === 'v1' && kind === 'Secret';

function nameOf({ apiVersion, resource }: ServedKind): string {
  const [group, version] = apiVersion.split('/');
  return version === undefined ? resource : `${resource}.${group}`;
}
