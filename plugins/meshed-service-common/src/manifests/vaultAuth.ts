import { kinds, names, type KubernetesObject, type Platform } from '../model';
import type { MeshedServiceSpec } from '../spec';
import { ownedMetadata } from './metadata';

/** How the Vault Secrets Operator logs in as the service, at the operator's default connection. */
export function renderVaultAuth(
  spec: MeshedServiceSpec,
  platform: Platform,
): KubernetesObject {
  return {
    ...kinds.VaultAuth,
    metadata: ownedMetadata(spec, names.vaultAuth(spec)),
    spec: {
      method: 'kubernetes',
      mount: platform.vault.authMount,
      kubernetes: {
        role: names.vaultRole(spec),
        serviceAccount: names.serviceAccount(spec),
        audiences: [platform.vault.audience],
      },
    },
  };
}
