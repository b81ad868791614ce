import path from 'node:path';
import type { JsonObject } from '@backstage/types';

/** Root of this checkout: guardrails and skeleton are the real ones. */
export const checkout = path.resolve(__dirname, '../../../..');

/** A cluster that the portal writes to, as far as the configuration says. */
export const writtenCluster: JsonObject = {
  name: 'local',
  url: 'https://127.0.0.1:1',
  serviceAccountToken: 'a-very-secret-token',
};

/** Configuration of a portal whose repositories lie in a folder. */
export function configFor(
  repositories: string,
  meshedService: JsonObject = {},
): JsonObject {
  return {
    app: { baseUrl: 'http://localhost:3000' },
    meshedService: {
      clusters: [{ name: 'local' }],
      guardrails: { pack: path.join(checkout, 'infra/guardrails') },
      skeletons: [
        {
          name: 'meshed-service',
          path: path.join(checkout, 'skeleton/meshed-service'),
        },
      ],
      forge: { kind: 'local', local: { path: repositories } },
      ...meshedService,
    },
  };
}
