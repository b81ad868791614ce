import {
  annotations,
  kinds,
  KubernetesObject,
  phasePolicy,
  ProvisioningPart,
} from '@meshway/plugin-meshed-service-common';

/**
 * When a kind is written, and with which part. Whatever lets traffic in comes before whatever keeps it out: who is let in,
 * then by which policy, then the routes, and the Servers last, because only a Server denies.
 */
const places: ReadonlyArray<[keyof typeof kinds, ProvisioningPart]> = [
  ['Namespace', 'namespace'],
  ['ServiceAccount', 'serviceAccount'],
  ['Role', 'serviceAccount'],
  ['RoleBinding', 'serviceAccount'],
  ['ResourceQuota', 'serviceAccount'],
  ['LimitRange', 'serviceAccount'],
  ['NetworkPolicy', 'serviceAccount'],
  ['MeshTLSAuthentication', 'linkerdPolicy'],
  ['NetworkAuthentication', 'linkerdPolicy'],
  ['AuthorizationPolicy', 'linkerdPolicy'],
  ['HTTPRoute', 'linkerdPolicy'],
  ['GRPCRoute', 'linkerdPolicy'],
  ['HTTPLocalRateLimitPolicy', 'linkerdPolicy'],
  ['EgressNetwork', 'linkerdPolicy'],
  ['Server', 'linkerdPolicy'],
  ['VaultAuth', 'vaultRole'],
  ['VaultStaticSecret', 'vaultRole'],
  ['VaultRole', 'vaultRole'],
  ['VaultPolicy', 'vaultRole'],
  ['Application', 'argoApplication'],
];

/** Kinds that live in the namespace of a service and are ours to write there. */
export const namespacedKinds = places
  .map(([name]) => kinds[name])
  .filter(
    ({ kind, apiVersion }) =>
      kind !== kinds.Namespace.kind &&
      kind !== kinds.Application.kind &&
      apiVersion !== kinds.VaultRole.apiVersion,
  );

/** @returns the part that an object is written with; undefined for what is no object of a running system. */
export function partOf(object: { kind: string }): ProvisioningPart | undefined {
  return places.find(([name]) => name === object.kind)?.[1];
}

/** @returns the objects in the order in which they are written. Deleted is in the reverse order. */
export function inWritingOrder<Each extends { object: KubernetesObject }>(
  entries: readonly Each[],
): Each[] {
  const rank = ({ object }: Each) => [
    places.findIndex(([name]) => name === object.kind),
    // A Server with a route refuses whatever no route takes: the one that takes all comes first.
    takesEverything(object) ? 0 : 1,
  ];
  return [...entries].sort((one, other) => {
    const [a, b] = [rank(one), rank(other)];
    return a[0] - b[0] || a[1] - b[1];
  });
}

/**
 * @returns whether a namespace is about to become stricter: then its default policy has to come after everything that lets
 *   traffic in, because a pod that starts meanwhile takes it at once.
 */
export function isTightened(
  before: KubernetesObject | undefined,
  after: KubernetesObject,
): boolean {
  return before !== undefined && strictness(after) > strictness(before);
}

function strictness(namespace: KubernetesObject): number {
  const policy =
    namespace.metadata.annotations?.[annotations.linkerdDefaultInboundPolicy];
  return Object.values(phasePolicy).findIndex(each => each === policy);
}

function takesEverything({ spec }: KubernetesObject): boolean {
  const rules =
    typeof spec === 'object' && spec !== null && 'rules' in spec
      ? spec.rules
      : undefined;
  return (
    Array.isArray(rules) &&
    rules.some(rule => rule !== null && !('matches' in Object(rule)))
  );
}
