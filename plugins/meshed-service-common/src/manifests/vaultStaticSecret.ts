import { kinds, names, type KubernetesObject, type Platform } from '../model';
import type { MeshedServiceSpec } from '../spec';
import { ownedMetadata } from './metadata';

/** Keeps a Kubernetes Secret equal to a secret in Vault, and restarts the workload when it changes. */
export function renderVaultStaticSecret(
  spec: MeshedServiceSpec,
  path: string,
  platform: Platform,
): KubernetesObject {
  const name = names.secret(spec, path);
  return {
    ...kinds.VaultStaticSecret,
    metadata: ownedMetadata(spec, name),
    spec: {
      vaultAuthRef: names.vaultAuth(spec),
      type: 'kv-v2',
      mount: platform.vault.kvMount,
      path: `${names.vaultPath(spec)}/${path}`,
      refreshAfter: '60s',
      hmacSecretData: true,
      destination: { name, create: true },
      rolloutRestartTargets: [
        { kind: kinds.Deployment.kind, name: names.workload(spec) },
      ],
    },
  };
}
