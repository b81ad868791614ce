import { readMeshIdentity } from '../model';
import { Authorization, ClusterSettings, isPod, needsIdentity } from '../mesh';
import type { Observation } from './Observation';
import { isAudit, opensOf } from './openings';
import type { WorkloadStanding } from './standings';

/** @returns one sentence or two: who decides about a port, and who may call it. */
export function explainPolicy(
  { workload, policy }: WorkloadStanding,
  { settings, pods }: Observation,
): string {
  if (isPod(workload) && !workload.proxy) {
    const bare = pods.filter(({ proxy }) => !proxy).length;
    return bare === pods.length
      ? 'No pod runs a proxy: every client comes in plaintext.'
      : `${bare} of ${pods.length} pods run without a proxy: every client reaches them in plaintext.`;
  }
  if (policy.skipped) {
    return `Port ${policy.port} bypasses the proxy: no policy and no mTLS apply to it.`;
  }
  const decides =
    policy.server.kind === 'server'
      ? `Server ${policy.server.name} decides.`
      : `No Server claims the port, so the default policy ${policy.server.name} of the pods decides.`;
  const open = opensOf(policy, workload);
  if (open.length > 0) {
    return `${decides} Plaintext is let in by ${listed(open.map(nameOf))}.`;
  }
  const clients = clientsOf(policy.authorizations, settings);
  if (policy.authorizations.some(isAudit)) {
    const would =
      clients.length > 0 ? `all but ${listed(clients)}` : 'every client';
    return `${decides} Everyone is let in; ${would} would be denied.`;
  }
  return clients.length > 0
    ? `${decides} Only ${listed(clients)} may call.`
    : `${decides} Nobody may call.`;
}

/** @returns the clients that authorizations let in by identity, for people, sorted. */
export function clientsOf(
  authorizations: readonly Authorization[],
  settings: ClusterSettings,
): string[] {
  const names = authorizations
    .filter(needsIdentity)
    .flatMap(({ authentication }) =>
      'identities' in authentication
        ? [
            ...authentication.identities.map(each =>
              nameIdentity(each, settings),
            ),
            ...authentication.suffixes.map(each => nameClients(each, settings)),
          ]
        : [],
    );
  return [...new Set(names)].sort();
}

/** @returns a list as people write it: `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2
    ? items.join('')
    : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

/** @returns `frontend` where namespace and ServiceAccount are called alike, else `web/frontend`. */
export function nameAccount(account: {
  namespace: string;
  serviceAccount: string;
}): string {
  const { namespace, serviceAccount } = account;
  return namespace === serviceAccount
    ? serviceAccount
    : `${namespace}/${serviceAccount}`;
}

/** @returns what people call the client of an identity. */
export function nameIdentity(
  identity: string,
  settings: ClusterSettings,
): string {
  const who = readMeshIdentity(identity, settings);
  return who?.serviceAccount
    ? nameAccount({ ...who, serviceAccount: who.serviceAccount })
    : identity;
}

function nameClients(suffix: string, settings: ClusterSettings): string {
  if (suffix === '') return 'every meshed client';
  const who = readMeshIdentity(suffix, settings);
  return who ? `every client of namespace ${who.namespace}` : `*.${suffix}`;
}

function nameOf({ kind, name, ref }: Authorization): string {
  if (kind !== 'default') return `${ref?.kind ?? ''} ${name}`.trim();
  return `the policy ${name}`;
}
