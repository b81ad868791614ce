import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import type { PlatformState } from './state';

/**
 * Writes what a portal on this platform is configured with: the cluster `local` with the writer's rights, Vault with the
 * portal's policy, and the platform's own repositories, which Argo CD reads. It ends with the platform, like its secrets.
 *
 * @returns the path of the file.
 */
export function writePortalConfig(state: PlatformState): string {
  const { kubernetes, vault, argocd } = state;
  if (!kubernetes || !vault || !argocd) {
    throw new Error('The platform has not booted everything.');
  }
  const config = {
    meshedService: {
      clusters: [
        { name: 'local', kubeconfig: { file: kubernetes.kubeconfigs.writer } },
      ],
      vault: { address: vault.address, token: vault.portalToken },
      forge: { kind: 'local', local: { path: argocd.repositories } },
      platform: {
        vault: { address: vault.address },
        argocd: { namespace: argocd.namespace },
        forge: {
          repositoryUrl: `file://${argocd.repositories}/{repository}.git`,
        },
      },
    },
  };
  const file = path.join(state.folder, 'app-config.platform.yaml');
  writeFileSync(file, stringify(config), { mode: 0o600 });
  return file;
}
