/**
 * A portal in a process of its own, for tests that kill it: `node --require …/nodeTransform.cjs portalProcess.ts <options>`.
 * Says its port when it is up. The same folder is the same portal: database, workspaces and tasks stay.
 */
import path from 'node:path';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
// Tests only: a portal has both plugins, and neither imports the other.
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import meshedServicePlugin from '@meshway/plugin-meshed-service-backend';
import type { JsonWebKey } from 'node:crypto';
import { anIssuer } from './anIssuer';
import { startPortal } from './aPortal';
import { readTemplate } from './readTemplate';

/** What a process is told. */
export type PortalProcessOptions = {
  folder: string;
  repositories: string;
  key: JsonWebKey;
  meshedService: JsonObject;
};

/** The form that makes a service, with a task that only makes it. */
function templateThatApplies(): Entity {
  const template = readTemplate();
  return JSON.parse(
    JSON.stringify({
      ...template,
      metadata: { ...template.metadata, name: 'applies' },
      spec: {
        ...template.spec,
        steps: template.spec.steps.filter(({ id }) => id === 'apply'),
        output: {},
      },
    }),
  );
}

async function main(text: string): Promise<void> {
  const options: PortalProcessOptions = JSON.parse(text);
  const { folder, repositories, key, meshedService } = options;
  const { port } = await startPortal({
    repositories,
    workspaces: path.join(folder, 'workspaces'),
    meshedService,
    entities: [templateThatApplies()],
    features: [
      meshedServicePlugin,
      databaseServiceFactory,
      ...anIssuer(key).features,
    ],
    config: {
      backend: {
        workingDirectory: path.join(folder, 'workspaces'),
        database: {
          client: 'better-sqlite3',
          connection: { directory: path.join(folder, 'data') },
        },
      },
      scaffolder: {
        taskRecovery: { enabled: true, staleTimeout: { seconds: 1 } },
      },
    },
  });
  process.stdout.write(`port: ${port}\n`);
}

main(process.argv[2]).catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
