import type { ScaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { ConfigReader } from '@backstage/config';
import { AuthenticationError } from '@backstage/errors';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizePermissionRequest,
  AuthorizeResult,
} from '@backstage/plugin-permission-common';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject, JsonValue } from '@backstage/types';
import {
  DefaultPublishing,
  LocalForge,
  MeshedServiceBackendOverHttp,
  readMeshedServiceConfig,
} from '@meshway/plugin-meshed-service-node';
import path from 'node:path';
import { createMeshedServiceActions } from '../actions';
import type { StepServices } from '../step';
import { configFor, writtenCluster } from './aPlace';
import { cart, mailer } from './entities';
import { ada } from './people';
import { readTemplate } from './readTemplate';

type Options = {
  /** Folder of the repositories. */
  repositories: string;
  /** Resource refs that the permission system refuses. */
  refuses?: string[];
  /** Guardrail pack, instead of the real one. */
  pack?: string;
  /** Address of a backend plugin; with one, the portal writes to the cluster. */
  backend?: string;
  /** The sign-in of whoever started the task has ended. */
  signInExpired?: boolean;
};

/** What one run of an action showed and did. */
export type StepRun = {
  output: Record<string, JsonValue>;
  log: string[];
  /** Keys of the checkpoints, and what they stored. */
  checkpoints: Record<string, JsonValue>;
  /** Events that were sent. */
  events: unknown[];
  /** What the permission system was asked. */
  asked: AuthorizePermissionRequest[];
};

/** The real publishing over a forge in a folder, a catalog that knows Ada, and a permission system. */
export function servicesOver({
  repositories,
  refuses = [],
  pack,
  backend,
  signInExpired = false,
}: Options): StepServices {
  const data = configFor(
    repositories,
    backend ? { clusters: [writtenCluster] } : {},
  );
  const config = readMeshedServiceConfig(new ConfigReader(data), {
    root: path.dirname(repositories),
  });
  if (pack) config.guardrails.pack = pack;
  const forge = new LocalForge({
    path: repositories,
    appBaseUrl: config.appBaseUrl,
  });
  const auth = mockServices.auth();
  return {
    auth,
    backend: new MeshedServiceBackendOverHttp({
      auth: {
        async getPluginRequestToken(options) {
          if (signInExpired)
            throw new AuthenticationError('Illegal user token');
          return auth.getPluginRequestToken(options);
        },
      },
      discovery: { getBaseUrl: async () => backend ?? 'http://127.0.0.1:1' },
    }),
    catalog: catalogServiceMock({ entities: [ada, cart, mailer] }),
    events: { publish: async () => undefined },
    permissions: {
      authorize: async requests =>
        requests.map(({ resourceRef }) => ({
          result: refuses.includes(resourceRef ?? '')
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
        })),
    },
    publishing: new DefaultPublishing(config, forge),
  };
}

/** Runs actions as the scaffolder does. */
export function aStep(options: Options) {
  const services = servicesOver(options);
  const kept: Record<string, JsonValue> = {};

  return {
    async run(
      id: string,
      input: JsonObject,
      context: {
        isDryRun?: boolean;
        signal?: AbortSignal;
        credentials?: ReturnType<typeof mockCredentials.user>;
        withoutTemplate?: boolean;
      } = {},
    ): Promise<StepRun> {
      const run: StepRun = {
        output: {},
        log: [],
        checkpoints: kept,
        events: [],
        asked: [],
      };
      const action = actionOf(id, {
        ...services,
        events: {
          publish: async event => {
            run.events.push(event);
          },
        },
        permissions: {
          authorize: async (requests, as) => {
            run.asked.push(...requests);
            return services.permissions.authorize(requests, as);
          },
        },
      });
      const template = readTemplate();
      const log = (message: string) => {
        run.log.push(message);
      };
      const logger = mockServices.logger.mock({ info: log, warn: log });
      await action.handler({
        ...createMockActionContext({
          workspacePath: '/nowhere',
          task: { id: 'task-1' },
        }),
        input,
        logger,
        isDryRun: context.isDryRun,
        signal: context.signal,
        ...(context.withoutTemplate
          ? {}
          : {
              templateInfo: {
                entityRef: 'template:default/meshed-service',
                entity: { metadata: template.metadata },
              },
            }),
        getInitiatorCredentials: async () =>
          context.credentials ?? mockCredentials.user('user:default/ada'),
        output: (name, value) => {
          run.output[String(name)] = value as JsonValue;
        },
        // As the scaffolder does it: what was stored is given back, in plain JSON.
        async checkpoint({ key, fn }) {
          if (key in kept) return kept[key] as Awaited<ReturnType<typeof fn>>;
          const value = await fn();
          kept[key] = JSON.parse(JSON.stringify(value ?? {}));
          return value;
        },
      });
      return run;
    },
  };
}

/** @returns one of our actions, as the scaffolder's registry holds it. */
function actionOf(id: string, services: StepServices) {
  // The scaffolder, too, holds actions of every input in one list; it checks inputs by their JSON Schema.
  const actions: Parameters<ScaffolderActionsExtensionPoint['addActions']> =
    createMeshedServiceActions(services);
  const action = actions.find(candidate => candidate.id === id);
  if (!action) throw new Error(`There is no action ${id}`);
  return action;
}
