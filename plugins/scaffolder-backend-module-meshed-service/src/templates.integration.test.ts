import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import {
  aBackend,
  agrees,
  aReceipt,
  Asked,
  aVerification,
  Said,
} from './__testUtils__/aBackend';
import { aFolder, writtenCluster } from './__testUtils__/aPlace';
import { startPortal } from './__testUtils__/aPortal';
import { aRequest } from './__testUtils__/aService';
import { cart } from './__testUtils__/entities';

// A portal starts; a busy machine takes its time.
jest.setTimeout(300_000);

describe('the templates in a real scaffolder, on a portal that writes to its cluster', () => {
  let backend: Awaited<ReturnType<typeof aBackend>>;
  let portal: Awaited<ReturnType<typeof startPortal>>;
  let says: (asked: Asked) => Said;
  const base = '/v1/services/local/cart/cart';
  const service = 'component:default/cart';

  beforeAll(async () => {
    backend = await aBackend(asked => says(asked));
    const folder = aFolder();
    const workspaces = path.join(folder, 'workspaces');
    mkdirSync(workspaces);
    portal = await startPortal({
      repositories: path.join(folder, 'repositories'),
      workspaces,
      meshedService: { clusters: [writtenCluster] },
      entities: [cart],
      features: [discoveryOf(backend.url)],
    });
  });
  afterAll(async () => {
    await portal?.stop();
    backend.stop();
  });
  beforeEach(() => {
    says = agrees;
    backend.asked.length = 0;
  });
  const lines = () => backend.asked.map(({ line }) => line);

  it('makes a service and waits until it is there', async () => {
    const task = await portal.ask(aRequest());

    expect(task).toMatchObject({
      status: 'completed',
      steps: { apply: 'completed', verify: 'completed' },
      output: {
        text: [
          {
            content: expect.stringMatching(
              /Created \*\*local\/cart\/cart[\s\S]*is what was asked for/,
            ),
          },
          { content: expect.stringContaining('is `ok`') },
        ],
      },
    });
    expect(lines()).toEqual([
      'POST /v1/plan',
      `PUT ${base}`,
      `POST ${base}/verify`,
    ]);
    expect(task.log).toMatch(/Asking all systems about local\/cart\/cart/);
  });

  it('moves a service to another phase, and waits until it holds', async () => {
    const task = await portal.ask(
      { service, phase: 'enforce', reason: 'Seen for two weeks' },
      { template: 'change-phase' },
    );

    expect(task).toMatchObject({
      status: 'completed',
      steps: { phase: 'completed', verify: 'completed' },
    });
    expect(backend.asked).toMatchObject([
      {
        line: `PUT ${base}/phase`,
        body: {
          phase: 'enforce',
          reason: 'Seen for two weeks',
          force: false,
          task: task.id,
        },
      },
      { line: `POST ${base}/verify`, body: { waitSeconds: 20 } },
    ]);
  });

  it('sends no reason that nobody gave, and does not wait for a change that is proposed', async () => {
    says = () => ({
      lines: [
        {
          receipt: aReceipt({
            operation: 'phase',
            outcome: 'proposed',
            repository: {
              name: 'cart',
              branch: 'main',
              commit: 'abc',
              html: 'http://forge/cart',
              change: 'http://forge/cart/changes/1',
            },
          }),
        },
      ],
    });
    const task = await portal.ask(
      { service, phase: 'observe', force: true },
      { template: 'change-phase' },
    );

    expect(task.status).toBe('completed');
    expect(lines()).toEqual([`PUT ${base}/phase`]);
    expect(backend.asked[0].body).toEqual({
      phase: 'observe',
      force: true,
      task: task.id,
    });
    expect(task.output.links).toEqual([
      expect.objectContaining({ url: 'http://forge/cart/changes/1' }),
      expect.objectContaining({ entityRef: service }),
    ]);
  });

  it('retires a service whose namespace was typed', async () => {
    const task = await portal.ask(
      { service, namespace: 'cart' },
      { template: 'retire-service' },
    );

    expect(task).toMatchObject({ status: 'completed' });
    expect(task.log).toMatch(/delete ServiceAccount cart/);
    expect(backend.asked).toMatchObject([
      { line: `GET ${base}/retirement?confirmNamespace=cart` },
      {
        line: `DELETE ${base}`,
        body: { confirmNamespace: 'cart', owner: 'group:default/shop' },
      },
    ]);
  });

  it('fails with the findings while the service is not there, and a retry looks again without writing', async () => {
    const missing = aVerification({
      state: 'missing',
      findings: [
        {
          part: 'namespace',
          state: 'missing',
          message: 'It is not there.',
          fix: 'Wait for Argo CD.',
        },
      ],
    });
    says = asked =>
      asked.line.endsWith('/verify')
        ? { lines: [{ verification: missing }] }
        : agrees(asked);
    const failed = await portal.ask(aRequest({ name: 'slow' }));
    says = agrees;
    backend.asked.length = 0;
    const retried = await portal.retry(failed.id);

    expect(failed).toMatchObject({
      status: 'failed',
      steps: { apply: 'completed', verify: 'failed' },
    });
    expect(failed.log).toMatch(/It is not there\. Wait for Argo CD\./);
    expect(failed.log).not.toMatch(/\n\s+at /);
    expect(retried.status).toBe('completed');
    expect(lines()).toEqual(['POST /v1/services/local/slow/slow/verify']);
  });
});

/** Where the backend plugin is found: beside the portal. */
function discoveryOf(url: string) {
  const getBaseUrl = async () => url;
  return createServiceFactory({
    service: coreServices.discovery,
    deps: {},
    factory: () => ({ getBaseUrl, getExternalBaseUrl: getBaseUrl }),
  });
}
