import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { answering } from '../aside';
import type { PeerSettings } from './settings';

type Entity = {
  metadata: { name: string; annotations: Record<string, string> };
};
type Objects = {
  items: Array<{ resources: Array<{ type: string; resources: unknown[] }> }>;
};
type FanOut = {
  getKubernetesObjectsByEntity(
    question: { entity: Entity; auth: object },
    options: object,
  ): Promise<Objects>;
};

const PACKAGE = '@backstage/plugin-kubernetes-backend';
const silent = {
  ...Object.fromEntries(
    ['debug', 'info', 'warn', 'error'].map(level => [level, () => undefined]),
  ),
  child: () => silent,
} as Record<string, unknown>;

const made: { handler?: FanOut } = {};

/** Wires it as its own initializer does, with one cluster. */
function prepare({ folder, kubernetes }: PeerSettings): void {
  const load = createRequire(path.join(folder, 'package.json'));
  const dist = path.join(folder, 'node_modules', PACKAGE, 'dist');
  const part = (name: string) => load(path.join(dist, `${name}.cjs.js`));
  const { KubernetesConnection } = part('service/KubernetesConnection');
  const { KubernetesClientBasedFetcher } = part('service/KubernetesFetcher');
  const { KubernetesFanOutHandler } = part('service/KubernetesFanOutHandler');
  const { ServiceAccountStrategy } = part('auth/ServiceAccountStrategy');
  const cluster = {
    name: 'bench',
    url: kubernetes.url,
    caData: readFileSync(kubernetes.caFile).toString('base64'),
    authMetadata: {
      'kubernetes.io/auth-provider': 'serviceAccount',
      serviceAccountToken: kubernetes.adminToken,
    },
  };
  made.handler = new KubernetesFanOutHandler({
    logger: silent,
    fetcher: new KubernetesClientBasedFetcher({
      connection: new KubernetesConnection({ logger: silent }),
    }),
    serviceLocator: {
      getClustersByEntity: async () => ({ clusters: [cluster] }),
    },
    customResources: [],
    authStrategy: new ServiceAccountStrategy(),
  });
}

/** @returns the milliseconds of each answer, written out as it would be sent, and how many objects were in the last. */
async function read(question: {
  services: string[];
  namespaced: boolean;
  reads: number;
}): Promise<{ times: number[]; objects: number }> {
  const { services, namespaced, reads } = question;
  const times: number[] = [];
  let objects = 0;
  for (let count = 0; count < reads; count++) {
    const name = services[count % services.length];
    const entity = {
      metadata: {
        name,
        annotations: {
          'backstage.io/kubernetes-label-selector': `app.kubernetes.io/name=${name}`,
          ...(namespaced ? { 'backstage.io/kubernetes-namespace': name } : {}),
        },
      },
    };
    const began = performance.now();
    const answer = await made.handler?.getKubernetesObjectsByEntity(
      { entity, auth: {} },
      { credentials: {} },
    );
    JSON.stringify(answer);
    times.push(performance.now() - began);
    objects = (answer?.items ?? [])
      .flatMap(({ resources }) => resources)
      .reduce((sum, { resources }) => sum + resources.length, 0);
  }
  return { times, objects };
}

answering({ prepare, read });
