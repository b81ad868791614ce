import { kinds, names, type KubernetesObject, type Platform } from '../model';
import type { MeshedServiceSpec } from '../spec';
import { ownedMetadata } from './metadata';

const tokenVolume = 'vault-token';
const vault = (key: string) => `vault.hashicorp.com/${key}`;

/**
 * Asks the agent injector for the secrets, as a patch on the team's Deployment.
 *
 * The token is projected with Vault's audience: the ServiceAccount mounts none of its own, and the role in Vault takes
 * no other. With linkerd-cni traffic is redirected before any container starts, so the agent has to come after the
 * proxy; without it the agent goes first, before the redirection.
 */
export function renderWorkloadPatch(
  spec: MeshedServiceSpec,
  platform: Platform,
): KubernetesObject {
  return {
    ...kinds.WorkloadPatch,
    metadata: ownedMetadata(spec, names.workload(spec)),
    spec: {
      target: { ...kinds.Deployment, name: names.workload(spec) },
      patch: {
        spec: {
          template: {
            metadata: { annotations: agentAnnotations(spec, platform) },
            spec: {
              volumes: [
                {
                  name: tokenVolume,
                  projected: {
                    sources: [
                      {
                        serviceAccountToken: {
                          audience: platform.vault.audience,
                          expirationSeconds: 3600,
                          path: 'token',
                        },
                      },
                    ],
                  },
                },
              ],
            },
          },
        },
      },
    },
  };
}

function agentAnnotations(
  spec: MeshedServiceSpec,
  { vault: { address, authMount, kvMount }, mesh }: Platform,
): Record<string, string> {
  const annotations: Record<string, string> = {
    [vault('agent-inject')]: 'true',
    [vault('agent-init-first')]: mesh.cni ? 'false' : 'true',
    [vault('agent-service-account-token-volume-name')]: tokenVolume,
    [vault('auth-path')]: `auth/${authMount}`,
    [vault('role')]: names.vaultRole(spec),
    [vault('service')]: address,
  };
  // The annotation key holds a number, because keys are short and paths are not; the file is named after the path.
  spec.secrets.paths.forEach((path, index) => {
    const source = `${kvMount}/data/${names.vaultPath(spec)}/${path}`;
    annotations[vault(`agent-inject-secret-${index + 1}`)] = source;
    annotations[vault(`agent-inject-file-${index + 1}`)] =
      names.secretFile(path);
    annotations[
      vault(`agent-inject-template-${index + 1}`)
    ] = `{{ with secret "${source}" }}{{ .Data.data | toJSON }}{{ end }}`;
  });
  return annotations;
}
