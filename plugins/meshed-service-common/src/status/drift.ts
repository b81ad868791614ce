import type { ObjectRef } from '../model';
import { compareText, Origin } from '../mesh';
import type { ObservedObject } from './doors';
import type { Observation } from './Observation';

/** How live objects differ from those of a bundle. */
export type Drift = {
  absent: ObjectRef[];
  changed: Array<{ ref: ObjectRef; fields: string[] }>;
};

/** What says where an object is, when it was made and how it is, not what it shall be. */
const notAsked = new Set([
  ...['ref', 'createdAt', 'accepted', 'verdicts', 'deleting'],
  ...['valid', 'error', 'conditions', 'copied', 'service', 'labels'],
]);

/**
 * Both sides came through the same doors: what no answer rests on is no difference, whoever wrote it and however.
 *
 * @param bundle - what was rendered, as it would be seen.
 * @returns what is not in the cluster, and what is there and says something else.
 */
export function differencesFrom(
  bundle: readonly ObservedObject[],
  observation: Observation,
): Drift {
  const drift: Drift = { absent: [], changed: [] };
  for (const { kind, value } of bundle) {
    const live = kind === 'refused' ? undefined : liveOf(kind, observation);
    if (!live || !('name' in value)) continue;
    const found = live.find(
      each =>
        each.name === value.name &&
        groupOf(each.ref) === groupOf(value.ref) &&
        each.namespace === value.namespace,
    );
    if (!found) {
      drift.absent.push(value.ref);
      continue;
    }
    const fields = fieldsThatDiffer(value, found);
    if (fields.length > 0) drift.changed.push({ ref: found.ref, fields });
  }
  return drift;
}

/** @returns the live objects of a kind that a bundle can hold; undefined for kinds that others have a check for. */
function liveOf(
  kind: Exclude<ObservedObject['kind'], 'refused'>,
  observation: Observation,
): readonly Origin[] | undefined {
  const { policies } = observation.index;
  switch (kind) {
    case 'Namespace':
      return observation.namespace ? [observation.namespace] : [];
    case 'Server':
      return policies.servers;
    case 'AuthorizationPolicy':
      return policies.authorizationPolicies;
    case 'MeshTLSAuthentication':
      return policies.meshTLSAuthentications;
    case 'NetworkAuthentication':
      return policies.networkAuthentications;
    case 'HTTPRoute':
    case 'GRPCRoute':
      return policies.routes.filter(route => route.kind === kind);
    case 'HTTPLocalRateLimitPolicy':
      return policies.rateLimits;
    case 'EgressNetwork':
      return observation.egressNetworks;
    case 'NetworkPolicy':
      return observation.networkPolicies;
    case 'ServiceAccount':
      return observation.serviceAccounts;
    case 'VaultAuth':
      return observation.vaultAuths;
    case 'VaultStaticSecret':
      return observation.vaultStaticSecrets;
    default:
      return undefined;
  }
}

function groupOf({ apiVersion }: ObjectRef): string {
  return apiVersion.split('/')[0];
}

function fieldsThatDiffer(wanted: Origin, live: Origin): string[] {
  const [rendered, seen] = [fieldsOf(wanted), fieldsOf(live)];
  return [...new Set([...rendered.keys(), ...seen.keys()])]
    .filter(field => rendered.get(field) !== seen.get(field))
    .sort(compareText);
}

/** What an object says, field by field, as text that only equal values have: keys and sets are put in an order. */
function fieldsOf(value: Origin): Map<string, string> {
  return new Map(
    Object.entries(value)
      .filter(([field, each]) => !notAsked.has(field) && each !== undefined)
      .map(([field, each]) => [field, textOf(each)]),
  );
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, each) => {
    if (each instanceof Map) return { map: [...each].sort(byKey) };
    return each && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(byKey))
      : each;
  });
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return compareText(a, b);
}
