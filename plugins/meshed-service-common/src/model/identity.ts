import { Platform } from './Platform';

/**
 * The name by which a mesh knows a workload: `<serviceAccount>.<namespace>.serviceaccount.identity.<control plane
 * namespace>.<trust domain>`. Formatted here and nowhere else.
 * Source: linkerd2 policy-controller `cluster_info.rs`.
 */
export function meshIdentity(
  account: { namespace: string; serviceAccount: string },
  mesh: Pick<Platform['mesh'], 'controlPlaneNamespace' | 'trustDomain'>,
): string {
  return `${account.serviceAccount}.${namespaceIdentity(account, mesh)}`;
}

/** The suffix that every identity of a namespace shares, without the leading `*.`. */
export function namespaceIdentity(
  account: { namespace: string },
  mesh: Pick<Platform['mesh'], 'controlPlaneNamespace' | 'trustDomain'>,
): string {
  return `${account.namespace}.serviceaccount.identity.${mesh.controlPlaneNamespace}.${mesh.trustDomain}`;
}
