import {
  createMockDirectory,
  createServiceMock,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  annotations,
  formatServiceRef,
  IS_SERVICE_OWNER_RULE,
  kinds,
  MESHED_SERVICE_RESOURCE_TYPE,
  MeshedServiceSpec,
  names,
  stampOf,
  STAMP_PATH,
  toYaml,
  writeStamp,
} from '@meshway/plugin-meshed-service-common';
import { ForgeRegistry, LocalForge } from '@meshway/plugin-meshed-service-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import meshedServicePlugin from '../index';
import { ada } from './people';

const author = { name: 'Guest', email: 'guest@example.com' };

/** The root of this repository: guardrails and skeleton are the real ones. */
const root = join(__dirname, '..', '..', '..', '..');

export const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
export const deny: PolicyDecision = { result: AuthorizeResult.DENY };
/** What the policy of the portal says to a member of a team. */
export const ownersOnly = (...claims: string[]): PolicyDecision => ({
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'meshed-service',
  resourceType: MESHED_SERVICE_RESOURCE_TYPE,
  conditions: {
    rule: IS_SERVICE_OWNER_RULE,
    resourceType: MESHED_SERVICE_RESOURCE_TYPE,
    params: { claims },
  },
});

/** Signals that nobody hears but the test. */
const signalsMock = createServiceMock(signalsServiceRef, () => ({
  publish: jest.fn(),
}));

/** Notifications that nobody reads but the test. */
const notificationsMock = createServiceMock(notificationService, () => ({
  send: jest.fn(),
}));

/** A backend with the plugin in it, a real forge, a snapshot, and a catalog. To be called once per `describe`. */
export function aPortal(
  snapshot: Record<string, string> = {},
  entities: Entity[] = [],
) {
  const folder = createMockDirectory({ content: { snapshot } });
  const forge = new LocalForge({
    path: folder.resolve('repositories'),
    appBaseUrl: 'http://localhost:3000',
  });
  const registry = new ForgeRegistry(forge, 'meshway-registry');
  const permissions = mockServices.permissions.mock({
    authorizeConditional: async queries => queries.map(() => allow),
  });
  const auditor = mockServices.auditor.mock();
  const signals = signalsMock();
  const notifications = notificationsMock();

  return {
    folder,
    forge,
    permissions,
    auditor,
    signals,
    notifications,
    /** The registry is a git repository no longer. */
    async breakForge() {
      const path = folder.resolve('repositories/meshway-registry.git/HEAD');
      await writeFile(path, 'broken');
    },
    /** Starts it, and returns what supertest takes. */
    async start(meshedService: Record<string, unknown> = {}) {
      const { server } = await startTestBackend({
        features: [
          meshedServicePlugin,
          catalogServiceMock.factory({ entities: [ada, ...entities] }),
          permissions.factory,
          auditor.factory,
          signals.factory,
          notifications.factory,
          mockServices.rootConfig.factory({
            data: {
              app: { baseUrl: 'http://localhost:3000' },
              meshedService: {
                clusters: [
                  { name: 'local', snapshot: folder.resolve('snapshot') },
                ],
                guardrails: { pack: join(root, 'infra/guardrails') },
                skeletons: [
                  {
                    name: 'meshed-service',
                    path: join(root, 'skeleton/meshed-service'),
                  },
                ],
                forge: {
                  kind: 'local',
                  local: { path: folder.resolve('repositories') },
                },
                // Tests change what the policy says from one request to the next.
                statuses: { permissionSeconds: 0 },
                ...meshedService,
              },
            },
          }),
        ],
      });
      return server;
    },
    /** What somebody does to the registry by hand. */
    async spoilRegistry(path: string, text: string) {
      const seen = await forge.read('meshway-registry');
      if (!seen) throw new Error('There is no registry yet');
      await forge.commit('meshway-registry', new Map([[path, text]]), {
        author,
        message: 'By hand\n',
        expected: seen.commit,
      });
    },
    /** What publishing leaves behind, as far as this plugin reads it. */
    async publish(
      spec: MeshedServiceSpec,
      files: Record<string, string> = { [STAMP_PATH]: stampFile(spec) },
    ) {
      await registry.claimService(
        spec,
        toYaml({
          ...kinds.ArgoRegistration,
          metadata: {
            name: spec.name,
            annotations: {
              [annotations.claim]: formatServiceRef(spec),
              [annotations.owner]: spec.owner,
              [annotations.entityRef]: names.entityRef(spec),
            },
          },
          spec: { repository: spec.delivery.repository },
        }),
        { author },
      );
      await forge.create(
        spec.delivery.repository,
        new Map(Object.entries(files)),
        { author, message: 'Publish\n' },
      );
    },
  };
}

export function stampFile(spec: MeshedServiceSpec): string {
  return writeStamp(
    stampOf(spec, {
      template: { ref: 'template:default/meshed-service', version: '1.2.0' },
      guardrails: { name: 'baseline', digest: `sha256:${'0'.repeat(64)}` },
      created: { by: 'user:default/guest', at: '2026-01-01T00:00:00Z' },
      managed: [],
      team: [],
    }),
  );
}
