import { Platform } from './Platform';

/**
 * The name by which a mesh knows a workload. Formatted here and nowhere else:
 * `<serviceAccount>.<namespace>.serviceaccount.identity.<control plane namespace>.<trust domain>`
 * Source: linkerd2 policy-controller `cluster_info.rs`.
 *
 * @public
 */
export function meshIdentity(
  account: { namespace: string; serviceAccount: string },
  mesh: Pick<Platform['mesh'], 'controlPlaneNamespace' | 'trustDomain'>,
): string {
  return `${account.serviceAccount}.${namespaceIdentity(account, mesh)}`;
}

/** The suffix that every identity of a namespace shares, without the leading `*.`. @public */
export function namespaceIdentity(
  account: { namespace: string },
  mesh: Pick<Platform['mesh'], 'controlPlaneNamespace' | 'trustDomain'>,
): string {
  return `${account.namespace}.serviceaccount.identity.${mesh.controlPlaneNamespace}.${mesh.trustDomain}`;
}

/**
 * @param text - an identity, or the end of one that a namespace shares.
 * @returns whom it names, or undefined when it is not of this mesh's form.
 * @public
 */
export function readMeshIdentity(
  text: string,
  mesh: Pick<Platform['mesh'], 'controlPlaneNamespace' | 'trustDomain'>,
): { namespace: string; serviceAccount?: string } | undefined {
  const end = `.serviceaccount.identity.${mesh.controlPlaneNamespace}.${mesh.trustDomain}`;
  if (!text.endsWith(end)) return undefined;
  const who = text.slice(0, -end.length);
  // A ServiceAccount may have dots in its name, a namespace may not.
  const dot = who.lastIndexOf('.');
  return dot < 0
    ? { namespace: who }
    : { namespace: who.slice(dot + 1), serviceAccount: who.slice(0, dot) };
}
