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
import { scaffolderModuleMeshedService } from '../module';
import { configFor } from './configFor';
import { ada } from './people';
import { readTemplate, templateNames } from './readTemplate';
import { tasksOf } from './tasks';

/** Tag of the steps that only show. */
export const SHOW_TAG = 'show';

export type PortalOptions = {
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
  /** Authorization header of Ada, where sign-in is more than a mock. */
  asAda?: () => string;
  /** What else the configuration says. */
  config?: JsonObject;
};

/**
 * The real scaffolder with our module and the real templates. The permission system is another one's: here it lets
 * everyone ask for services of every team but `group:default/ledger`.
 */
export async function startPortal(options: PortalOptions) {
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
          ...options.config,
        },
      }),
    ],
  });
  const mockAda = mockCredentials.user.header('user:default/ada');
  return {
    stop: () => backend.stop(),
    port: backend.server.port(),
    ...tasksOf(backend.server, options.asAda ?? (() => mockAda)),
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
