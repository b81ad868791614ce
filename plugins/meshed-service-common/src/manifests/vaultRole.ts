import {
  kinds,
  names,
  ownershipAnnotations,
  type KubernetesObject,
  type Platform,
} from '../model';
import type { MeshedServiceSpec } from '../spec';

/** The role by which exactly this ServiceAccount logs in to Vault. A payload: it is written to Vault. */
export function renderVaultRole(
  spec: MeshedServiceSpec,
  platform: Platform,
): KubernetesObject {
  const { vault } = platform;
  return {
    ...kinds.VaultRole,
    metadata: {
      name: names.vaultRole(spec),
      namespace: names.namespace(spec),
      annotations: ownershipAnnotations(spec),
    },
    spec: {
      mount: vault.authMount,
      boundServiceAccountNames: [names.serviceAccount(spec)],
      boundServiceAccountNamespaces: [names.namespace(spec)],
      audience: vault.audience,
      tokenPolicies: [names.vaultPolicy(spec, platform)],
      tokenTtlSeconds: vault.tokenTtlSeconds,
      // No longer than the first lease: whoever needs more logs in again and is checked again.
      tokenMaxTtlSeconds: vault.tokenTtlSeconds,
      aliasNameSource: 'serviceaccount_uid',
    },
  };
}
