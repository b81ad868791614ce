import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';

/** Writes a kubeconfig whose one user has this token. @returns its path. */
export function writeKubeconfig(
  cluster: { url: string; authority: string; folder: string },
  name: string,
  token: string,
  namespace = 'default',
): string {
  const file = path.join(cluster.folder, `${name}.kubeconfig`);
  const content = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'local',
        cluster: {
          server: cluster.url,
          'certificate-authority-data': Buffer.from(cluster.authority).toString(
            'base64',
          ),
        },
      },
    ],
    users: [{ name, user: { token } }],
    contexts: [
      { name: 'local', context: { cluster: 'local', user: name, namespace } },
    ],
    'current-context': 'local',
  };
  writeFileSync(file, stringify(content), { mode: 0o600 });
  return file;
}
