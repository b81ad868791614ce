import path from 'node:path';
import { CLUSTER, OWNER } from '../fleet';
import type { PortalSettings } from './settings';

const root = path.resolve(__dirname, '../../../..');

/** As an installation has it, and as small as one can be. */
export function configurationOf(
  { cluster }: PortalSettings,
  { port, folder }: { port: number; folder: string },
): object {
  const baseUrl = `http://localhost:${port}`;
  return {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { port, host: '127.0.0.1' },
      database: { client: 'better-sqlite3', connection: ':memory:' },
      workingDirectory: folder,
    },
    auth: {
      providers: {
        guest: {
          // The bench runs as in production otherwise.
          dangerouslyAllowOutsideDevelopment: true,
          userEntityRef: 'user:default/guest',
          ownershipEntityRefs: ['user:default/guest', OWNER],
        },
      },
    },
    permission: { enabled: true },
    events: { useEventBus: 'never' },
    catalog: { locations: [] },
    meshedService: {
      clusters: cluster ? [{ name: CLUSTER, ...cluster }] : [],
      platform: { mesh: { cni: false } },
      guardrails: { pack: path.join(root, 'infra/guardrails') },
      skeletons: [
        {
          name: 'meshed-service',
          path: path.join(root, 'skeleton/meshed-service'),
        },
      ],
      forge: {
        kind: 'local',
        local: { path: path.join(folder, 'repositories') },
      },
      governance: { platformGroup: 'group:default/platform' },
    },
  };
}
