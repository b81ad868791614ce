import type { ApiServer, Manifest } from './ApiServer';

const PATIENCE_MS = 180_000;
const POLL_MS = 100;

/** Waits until every kind is served. */
export async function untilServed(
  server: ApiServer,
  definitions: readonly Manifest[],
): Promise<void> {
  for (const definition of definitions) {
    if (definition.kind !== 'CustomResourceDefinition') continue;
    await until(`${definition.metadata.name} is served`, async () => {
      const found = await server.read(definition);
      const status = found?.status as
        | { conditions?: Array<{ type: string; status: string }> | null }
        | undefined;
      return (status?.conditions ?? []).some(
        condition =>
          condition.type === 'Established' && condition.status === 'True',
      );
    });
  }
}

/** Waits until pods are given their proxy: admission policies take effect a while after they are written. */
export async function untilInjected(server: ApiServer): Promise<void> {
  const namespace = 'injection-probe';
  await server.apply({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      annotations: { 'linkerd.io/inject': 'enabled' },
    },
  });
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'probe' },
    spec: { containers: [{ name: 'probe', image: 'probe' }] },
  };
  await until('pods are given their proxy', async () => {
    const { body } = await server.send(
      'POST',
      `/api/v1/namespaces/${namespace}/pods?dryRun=All`,
      pod,
    );
    const { spec } = body as { spec?: { initContainers?: unknown[] } };
    return Boolean(spec?.initContainers?.length);
  });
  await server.send('DELETE', `/api/v1/namespaces/${namespace}`);
}

/** Asks until it is so. @throws Error saying what never came to be. */
export async function until(
  what: string,
  isSo: () => Promise<boolean>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) {
      throw new Error(`Waited ${patienceMs / 1000} s in vain until ${what}.`);
    }
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
}
