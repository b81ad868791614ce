import type { Authorization, EffectivePolicy, Pod } from '../mesh';
import type { Rung } from './MeshStatus';

const AUDIT = 'audit';
const healthCheck = '/grpc.health.v1.Health/';

/** @returns whether a client needs a mesh identity for this way in. */
export function needsIdentity({ authentication }: Authorization): boolean {
  return (
    authentication.type === 'meshTLS' ||
    authentication.type === 'meshTLS-any-identity'
  );
}

/** @returns whether this is the way in that audit leaves open, and records. */
export function isAudit({ kind, name }: Authorization): boolean {
  return kind === 'default' && name === AUDIT;
}

/**
 * @returns the ways in for clients without an identity, audit apart. What the kubelet asks stays open to it by design: a
 *   route that opens nothing but probes is no opening.
 */
export function opensOf(policy: EffectivePolicy, pod: Pod): Authorization[] {
  const probed = pod.httpProbes.map(({ path }) => path);
  const ofRoutes = policy.routes
    .filter(
      ({ opens }) =>
        !opens?.every(
          path => probed.includes(path) || path.startsWith(healthCheck),
        ),
    )
    .flatMap(route => route.authorizations);
  return [...policy.authorizations, ...ofRoutes].filter(
    each => !needsIdentity(each) && !isAudit(each),
  );
}

/** @returns the rung that a policy alone would allow. */
export function rungOfPolicy(policy: EffectivePolicy, pod: Pod): Rung {
  if (opensOf(policy, pod).length > 0) return 'opportunistic';
  return policy.authorizations.some(isAudit) ? 'audit' : 'enforced';
}

/** @returns the rung that a default policy alone would allow. */
export function rungOfDefault(policy: string): Rung {
  if (policy.endsWith('-unauthenticated')) return 'opportunistic';
  return policy === AUDIT ? 'audit' : 'enforced';
}
