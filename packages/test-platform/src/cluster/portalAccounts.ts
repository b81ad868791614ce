import { existsSync } from 'node:fs';
import path from 'node:path';
import { repository } from '../tools';
import type { ApiServer } from './ApiServer';
import { manifestsIn } from './definitions';
import { writeKubeconfig } from './kubeconfig';

/** Who the portal is in a cluster; what they may do is the product's own: `infra/rbac`. */
export const portalNamespace = 'meshway';
export const portalAccounts = {
  reader: 'meshway-reader',
  writer: 'meshway-writer',
} as const;

/** Makes the portal's ServiceAccounts, and applies the product's RBAC. @returns a kubeconfig of each, and what was applied. */
export async function createPortalAccounts(
  server: ApiServer,
  cluster: { url: string; authority: string; folder: string },
) {
  await server.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: portalNamespace },
  });
  const kubeconfigs = await Promise.all(
    Object.values(portalAccounts).map(async name => {
      await server.apply({
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name, namespace: portalNamespace },
      });
      const token = await server.requestToken(portalNamespace, name);
      return writeKubeconfig(cluster, name, token);
    }),
  );
  const folder = path.join(repository, 'infra', 'rbac');
  const objects = existsSync(folder) ? manifestsIn(folder) : [];
  // Some roles stand in the namespace of another program, which may not be part of this platform.
  const namespaces = objects.flatMap(
    ({ metadata }) => metadata.namespace ?? [],
  );
  for (const name of new Set(namespaces)) {
    await server.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    });
  }
  for (const object of objects) await server.apply(object);
  const [reader, writer] = kubeconfigs;
  return {
    kubeconfigs: { reader, writer },
    origin:
      objects.length > 0
        ? `infra/rbac (${objects.length} objects), bound to ${portalNamespace}/${portalAccounts.reader} and ${portalNamespace}/${portalAccounts.writer}`
        : 'none: infra/rbac does not exist',
  };
}
