import {
  Authorization,
  EffectivePolicy,
  needsIdentity,
  opensOnlyProbes,
  Workload,
} from '../mesh';
import type { Rung } from './MeshStatus';

const AUDIT = 'audit';

/** @returns whether this is the way in that audit leaves open, and records. */
export function isAudit({ kind, name }: Authorization): boolean {
  return kind === 'default' && name === AUDIT;
}

/**
 * @returns the ways in for clients without an identity, audit apart. What the kubelet asks stays open to it by design: a
 *   route that opens nothing but probes is no opening.
 */
export function opensOf(
  policy: EffectivePolicy,
  workload: Workload,
): Authorization[] {
  const ofRoutes = policy.routes
    .filter(route => !opensOnlyProbes(route, workload))
    .flatMap(route => route.authorizations);
  return [...policy.authorizations, ...ofRoutes].filter(
    each => !needsIdentity(each) && !isAudit(each),
  );
}

/** @returns the rung that a policy alone would allow. */
export function rungOfPolicy(
  policy: EffectivePolicy,
  workload: Workload,
): Rung {
  if (opensOf(policy, workload).length > 0) return 'opportunistic';
  return policy.authorizations.some(isAudit) ? 'audit' : 'enforced';
}

/** @returns the rung that a default policy alone would allow. */
export function rungOfDefault(policy: string): Rung {
  if (policy.endsWith('-unauthenticated')) return 'opportunistic';
  return policy === AUDIT ? 'audit' : 'enforced';
}
