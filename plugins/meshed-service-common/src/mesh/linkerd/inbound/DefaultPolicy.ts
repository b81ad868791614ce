import type { Authentication, Authorization } from './EffectivePolicy';
import { canonicalNetwork, Network } from '../kinds';

/** Every default policy that Linkerd knows. @public */
export const defaultPolicies = [
  'all-unauthenticated',
  'all-authenticated',
  'cluster-authenticated',
  'cluster-unauthenticated',
  'deny',
  'audit',
] as const;
/**
 * What Linkerd does with traffic that no Server claims; also the values of a Server's `accessPolicy`.
 *
 * @public
 */
export type DefaultPolicy = (typeof defaultPolicies)[number];

/**
 * @returns the policy, or undefined: the mesh ignores any other text, also one in other case.
 *
 * @public
 */
export function parseDefaultPolicy(text?: string): DefaultPolicy | undefined {
  return defaultPolicies.find(policy => policy === text);
}

/**
 * What of the control plane's own configuration changes an answer.
 *
 * @public
 */
export type ClusterSettings = {
  /** Of the cluster; when absent, what the injector wrote on the pod says it. */
  defaultInboundPolicy?: DefaultPolicy;
  controlPlaneNamespace: string;
  trustDomain: string;
  clusterNetworks: readonly string[];
  probeNetworks: readonly string[];
  /** How long proxies wait for the first bytes to detect a protocol; `10s` when absent. */
  detectTimeout?: string;
};

export const allNetworks: readonly Network[] = ['0.0.0.0/0', '::/0'].map(
  cidr => ({ cidr, except: [] }),
);

export const anyIdentity: Authentication = {
  type: 'meshTLS-any-identity',
  identities: [],
  suffixes: [''],
};

/** @returns networks without exceptions. */
export function networksOf(cidrs: readonly string[]): Network[] {
  return cidrs.map(cidr => ({ cidr: canonicalNetwork(cidr), except: [] }));
}

/** @returns whom a default policy lets in: nobody (`deny`), or one group of clients. */
export function authorizationsOf(
  policy: DefaultPolicy,
  settings: ClusterSettings,
): Authorization[] {
  if (policy === 'deny') return [];
  const cluster = policy.startsWith('cluster-');
  return [
    {
      kind: 'default',
      name: policy,
      networks: cluster
        ? networksOf(settings.clusterNetworks)
        : [...allNetworks],
      authentication: policy.endsWith('-authenticated')
        ? anyIdentity
        : { type: 'unauthenticated' },
    },
  ];
}

/** @returns what `proxy-require-identity-inbound-ports` makes of a default. */
export function withIdentityRequired(policy: DefaultPolicy): DefaultPolicy {
  if (policy === 'all-unauthenticated') return 'all-authenticated';
  if (policy === 'cluster-unauthenticated') return 'cluster-authenticated';
  return policy;
}
