import { createServiceFactory } from '@backstage/backend-plugin-api';
import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  annotations,
  formatServiceRef,
  kinds,
  MeshedServiceSpec,
  names,
  stampOf,
  STAMP_PATH,
  toYaml,
  writeStamp,
} from '@meshway/plugin-meshed-service-common';
import {
  ForgeRegistry,
  LocalForge,
  MeshedServicePublishing,
  meshedServicePublishingServiceRef,
  readMeshedServiceConfig,
} from '@meshway/plugin-meshed-service-node';
import { ConfigReader } from '@backstage/config';

export const APP = 'http://localhost:3000';
const author = { name: 'Guest', email: 'guest@example.com' };

/** A real forge in a folder of its own, with the registry in it. To be called once per test file. */
export function aForge() {
  const folder = createMockDirectory();
  const forge = new LocalForge({ path: folder.path, appBaseUrl: APP });
  const registry = new ForgeRegistry(forge, 'meshway-registry');
  const config = readMeshedServiceConfig(
    new ConfigReader({
      app: { baseUrl: APP },
      meshedService: { forge: { kind: 'local', local: { path: folder.path } } },
    }),
  );
  const notHere = async (): Promise<never> => {
    throw new Error('The catalog does not write');
  };
  const publishing: MeshedServicePublishing = {
    config,
    forge,
    registry,
    guardrails: notHere,
    plan: notHere,
    publish: notHere,
    propose: notHere,
    change: notHere,
  };

  const claim = (spec: MeshedServiceSpec) =>
    registry.claimService(
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

  return {
    folder,
    forge,
    registry,
    claim,
    service: createServiceFactory({
      service: meshedServicePublishingServiceRef,
      deps: {},
      factory: () => publishing,
    }),
    /** Does what publishing does, as far as the catalog can see it. */
    async publish(
      spec: MeshedServiceSpec,
      files: Record<string, string> = {
        'catalog-info.yaml': catalogFile(spec),
      },
    ) {
      await claim(spec);
      await forge.create(
        spec.delivery.repository,
        new Map(Object.entries({ [STAMP_PATH]: stampFile(spec), ...files })),
        { author, message: 'Publish\n' },
        { branch: spec.delivery.revision },
      );
    },
    async edit(repository: string, files: Record<string, string | undefined>) {
      const { commit } = (await forge.read(repository))!;
      await forge.commit(repository, new Map(Object.entries(files)), {
        author,
        message: 'Edit\n',
        expected: commit,
      });
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
      team: ['catalog-info.yaml'],
    }),
  );
}

export function catalogFile(
  spec: MeshedServiceSpec,
  written: Record<string, string> = {},
): string {
  return toYaml({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: spec.name, annotations: written },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: spec.owner,
      system: 'otel-demo',
    },
  });
}
