import {
  kinds,
  names,
  ownershipAnnotations,
  type KubernetesObject,
  type Platform,
} from '../model';
import type { MeshedServiceSpec } from '../spec';

/** The service's own policy, where the platform has no templated one: read below its own folder. A payload. */
export function renderVaultPolicy(
  spec: MeshedServiceSpec,
  platform: Platform,
): KubernetesObject {
  const folder = names.vaultPath(spec);
  return {
    ...kinds.VaultPolicy,
    metadata: {
      name: names.vaultPolicy(spec, platform),
      namespace: names.namespace(spec),
      annotations: ownershipAnnotations(spec),
    },
    spec: {
      rules: [
        {
          path: `${platform.vault.kvMount}/data/${folder}/*`,
          capabilities: ['read'],
        },
        {
          path: `${platform.vault.kvMount}/metadata/${folder}/*`,
          capabilities: ['read', 'list'],
        },
      ],
    },
  };
}
