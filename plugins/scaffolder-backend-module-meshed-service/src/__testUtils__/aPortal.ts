import {
  coreServices,
  createServiceFactory,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import type { JsonObject } from '@backstage/types';
import request from 'supertest';
import { scaffolderModuleMeshedService } from '../module';
import { configFor } from './aPlace';
import { ada } from './people';
import { readTemplate } from './readTemplate';

/** Tag of the steps that only show. */
export const SHOW_TAG = 'show';

export type Task = {
  id: string;
  status: string;
  log: string;
  /** By step id. */
  steps: Record<string, string>;
  output: JsonObject;
};

type Options = {
  repositories: string;
  workspaces: string;
  /** A policy that hides every step with the tag `show`. */
  hidesShowSteps?: boolean;
};

/**
 * The real scaffolder with our module and the real template. The permission system is another one's: here it lets
 * everyone ask for services of every team but `group:default/ledger`.
 */
export async function startPortal(options: Options) {
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      scaffolderModuleMeshedService,
      catalogServiceMock.factory({ entities: [templateWithTags(), ada] }),
      permissionsThat(options.hidesShowSteps ?? false),
      mockServices.rootConfig.factory({
        data: {
          ...configFor(options.repositories),
          backend: { workingDirectory: options.workspaces },
          scaffolder: { taskRecovery: { enabled: true } },
        },
      }),
    ],
  });
  const { server } = backend;
  const asAda = mockCredentials.user.header('user:default/ada');
  const api = '/api/scaffolder/v2/tasks';

  async function finished(id: string): Promise<Task> {
    for (;;) {
      const { body: task } = await request(server)
        .get(`${api}/${id}`)
        .set('Authorization', asAda);
      if (['completed', 'failed', 'cancelled'].includes(task.status))
        return taskOf(task, await eventsOf(id));
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  async function eventsOf(id: string): Promise<TaskEvent[]> {
    const { body } = await request(server)
      .get(`${api}/${id}/events`)
      .set('Authorization', asAda);
    return body;
  }

  return {
    stop: () => backend.stop(),
    /** Sends values as a browser does, or as somebody who writes to the API. */
    send: (values: unknown) =>
      request(server)
        .post(api)
        .set('Authorization', asAda)
        .send({
          templateRef: 'template:default/meshed-service',
          values,
        } as object),
    async ask(values: JsonObject): Promise<Task> {
      const { body } = await this.send(values).expect(201);
      return finished(body.id);
    },
    async retry(id: string): Promise<Task & { startedAt: number }> {
      const startedAt = Date.now();
      await request(server)
        .post(`${api}/${id}/retry`)
        .set('Authorization', asAda)
        .send({})
        .expect(201);
      return { ...(await finished(id)), startedAt };
    },
  };
}

type TaskEvent = {
  type: string;
  body: {
    message: string;
    stepId?: string;
    status?: string;
    output?: JsonObject;
  };
};

function taskOf(
  { id, status }: { id: string; status: string },
  events: TaskEvent[],
): Task {
  return {
    id,
    status,
    log: events.map(({ body }) => body.message).join('\n'),
    steps: Object.fromEntries(
      events.flatMap(({ body }) =>
        body.stepId && body.status ? [[body.stepId, body.status]] : [],
      ),
    ),
    output: events.find(({ type }) => type === 'completion')?.body.output ?? {},
  };
}

/** The template of this checkout; the steps that only show carry a tag, as a portal's owner may add one. */
function templateWithTags(): Entity {
  const template = readTemplate();
  const steps = template.spec.steps.map(step =>
    step.id === 'publish'
      ? step
      : { ...step, 'backstage:permissions': { tags: [SHOW_TAG] } },
  );
  return JSON.parse(
    JSON.stringify({ ...template, spec: { ...template.spec, steps } }),
  );
}

function permissionsThat(hidesShowSteps: boolean) {
  const permissions: PermissionsService = {
    async authorize(requests) {
      return requests.map(({ resourceRef }) => ({
        result:
          resourceRef === 'owner:group:default/ledger'
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      }));
    },
    async authorizeConditional(requests) {
      return requests.map(
        ({ permission }): PolicyDecision =>
          hidesShowSteps && permission.name === 'scaffolder.template.step.read'
            ? {
                result: AuthorizeResult.CONDITIONAL,
                pluginId: 'scaffolder',
                resourceType: 'scaffolder-template',
                conditions: {
                  not: {
                    rule: 'HAS_TAG',
                    resourceType: 'scaffolder-template',
                    params: { tag: SHOW_TAG },
                  },
                },
              }
            : { result: AuthorizeResult.ALLOW },
      );
    },
  };
  return createServiceFactory({
    service: coreServices.permissions,
    deps: {},
    factory: () => permissions,
  });
}
