import { defaultPlatform } from '@meshway/plugin-meshed-service-common';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MeshedServiceConfig } from '../../config';
import { defaultRequestLimits } from '../../http';
import { Forge, LocalForge } from '../../forge';
import { DefaultPublishing } from '../DefaultPublishing';
import { ServiceRequest, WriteOptions } from '../MeshedServicePublishing';

const root = resolve(__dirname, '../../../../..');

/** Ada asks first. */
export const ada: WriteOptions = {
  author: { name: 'Ada Lovelace', email: 'ada@acme.example' },
  created: {
    by: 'user:default/ada',
    at: '2026-11-21T10:00:00.000Z',
    task: 'task-1',
  },
};

/** Bob comes later. */
export const bob: WriteOptions = {
  author: { name: 'Bob', email: 'bob@acme.example' },
  created: {
    by: 'user:default/bob',
    at: '2026-12-24T10:00:00.000Z',
    task: 'task-2',
  },
};

/** The cart service, as the form would send it. */
export const aRequest = (fields: object = {}): ServiceRequest => ({
  service: {
    name: 'cart',
    owner: 'shop',
    cluster: 'eu-1',
    workload: { image: 'ghcr.io/acme/cart:1.0' },
    ports: [{ name: 'grpc', port: 8080, protocol: 'gRPC' }],
    clients: [{ namespace: 'shop', serviceAccount: 'frontend' }],
    ...fields,
  },
  template: { ref: 'template:default/meshed-service', version: '1.0.0' },
});

/** A portal with the real guardrails, the real skeleton and a local forge in a folder of its own. */
export async function aPortal() {
  const folder = await mkdtemp(join(tmpdir(), 'meshway-publishing-'));
  const config: MeshedServiceConfig = {
    platform: defaultPlatform,
    timeouts: defaultRequestLimits,
    rateLimits: { writesPerMinute: 60, plansPerMinute: 120 },
    statuses: { permissionSeconds: 10, notifyAfterSeconds: 120 },
    clusters: [{ name: 'eu-1' }, { name: 'eu-2' }],
    guardrails: { pack: join(root, 'infra/guardrails') },
    skeletons: [
      { name: 'meshed-service', path: join(root, 'skeleton/meshed-service') },
    ],
    forge: { kind: 'local', path: folder, registry: 'meshway-registry' },
    governance: { platformGroup: 'group:default/platform' },
    appBaseUrl: 'http://localhost:3000',
  };
  const forge = new LocalForge({ path: folder, appBaseUrl: config.appBaseUrl });
  return {
    folder,
    config,
    forge,
    publishing: new DefaultPublishing(config, forge),
    /** Every file of every repository. */
    everything: (of: Forge = forge) => everythingIn(of),
    /** Commits as a person would. */
    async writeByHand(changes: Record<string, string | undefined>) {
      const seen = await forge.read('cart');
      await forge.commit('cart', new Map(Object.entries(changes)), {
        message: 'By hand',
        author: bob.author,
        expected: seen?.commit ?? '',
      });
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** @returns what was said when it was refused. */
export function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    error => `${error.name}: ${error.message}`,
  );
}

async function everythingIn(forge: Forge) {
  const repositories = await forge.listRepositories();
  const contents = repositories.map(async name => {
    const snapshot = await forge.read(name);
    return [name, Object.fromEntries(snapshot?.files ?? [])] as const;
  });
  return Object.fromEntries(await Promise.all(contents));
}
