import {
  BackendFeature,
  coreServices,
  createServiceFactory,
  PermissionsService,
  ServiceFactory,
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
import { readTemplate, templateNames } from './readTemplate';

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
  /** In place of what the section of the configuration says. */
  meshedService?: JsonObject;
  /** What is in the catalog besides the templates and Ada. */
  entities?: Entity[];
  /** The permission system, where it is more than the simple one. */
  permissions?: ServiceFactory;
  /** What else is installed: the backend plugin, or how it is found. */
  features?: BackendFeature[];
};

/** A task that is asked for. */
type Asking = {
  template?: string;
  /** Authorization header of whoever asks; Ada's when absent. */
  as?: string;
};

/**
 * The real scaffolder with our module and the real templates. The permission system is another one's: here it lets
 * everyone ask for services of every team but `group:default/ledger`.
 */
export async function startPortal(options: Options) {
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      scaffolderModuleMeshedService,
      catalogServiceMock.factory({
        entities: [
          ...templateNames().map(templateWithTags),
          ada,
          ...(options.entities ?? []),
        ],
      }),
      options.permissions ?? permissionsThat(options.hidesShowSteps ?? false),
      ...(options.features ?? []),
      mockServices.rootConfig.factory({
        data: {
          ...configFor(options.repositories, options.meshedService),
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
    send: (
      values: unknown,
      { template = 'meshed-service', as = asAda }: Asking = {},
    ) =>
      request(server)
        .post(api)
        .set('Authorization', as)
        .send({
          templateRef: `template:default/${template}`,
          values,
        } as object),
    async ask(values: JsonObject, asking?: Asking): Promise<Task> {
      const { body } = await this.send(values, asking).expect(201);
      return finished(body.id);
    },
    async retry(id: string, as = asAda): Promise<Task & { startedAt: number }> {
      const startedAt = Date.now();
      await request(server)
        .post(`${api}/${id}/retry`)
        .set('Authorization', as)
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

/** A template of this checkout; the steps that only show carry a tag, as a portal's owner may add one. */
function templateWithTags(name: string): Entity {
  const template = readTemplate(name);
  const showing = ['parse', 'admit', 'plan'];
  const steps = template.spec.steps.map(step =>
    !showing.includes(step.id ?? '')
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
