import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import meshedServicePlugin from '@meshway/plugin-meshed-service-backend';
import { platformForTests } from '@meshway/test-platform';
// Only tests share these: a published package must not export what rests on a private one.
/* eslint-disable @backstage/no-relative-monorepo-imports */
import {
  administrator,
  PROJECT,
} from '../../meshed-service-backend/src/__testUtils__/onPlatform';
import { tokenOf } from '../../meshed-service-node/src/provisioning/__testUtils__/aCluster';
import {
  FaultProxy,
  FaultRun,
  isWrite,
  SeenRequest,
} from '../../meshed-service-node/src/provisioning/__testUtils__/faultProxy';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { aFolder } from './__testUtils__/aPlace';
import { startPortal } from './__testUtils__/aPortal';
import { aRequest } from './__testUtils__/aService';
import { readTemplate } from './__testUtils__/readTemplate';

/** Every action that has the backend write, with what it is given. */
const parameters = '${{ parameters }}';
const actions: Record<string, JsonObject> = {
  'meshedService:service:apply': {},
  'meshedService:namespace:ensure': {},
  'meshedService:serviceAccount:ensure': {},
  'meshedService:linkerdPolicy:ensure': {},
  'meshedService:vaultRole:ensure': {},
  'meshedService:argoApplication:ensure': {},
  'meshedService:service:setPhase': { phase: 'enforce', reason: 'Seen' },
  'meshedService:service:retire': {
    confirmNamespace: '${{ parameters.name }}',
  },
};

describe('a task that is cancelled in the middle of a write', () => {
  const platform = platformForTests(['kubernetes', 'vault']);
  jest.setTimeout(600_000);
  const auditor = mockServices.auditor.mock();
  let admin: ReturnType<typeof administrator>;
  let proxies: FaultProxy[] = [];
  let portal: Awaited<ReturnType<typeof startPortal>>;

  beforeAll(async () => {
    admin = administrator(platform);
    await admin.prepare();
    const { kubernetes, vault } = platform;
    proxies = [
      await FaultProxy.before(kubernetes.url, kubernetes.caFile),
      await FaultProxy.before(vault.address),
    ];
    const [toKubernetes, toVault] = proxies;
    const workspaces = path.join(aFolder(), 'workspaces');
    mkdirSync(workspaces);
    portal = await startPortal({
      repositories: path.join(aFolder(), 'repositories'),
      workspaces,
      features: [meshedServicePlugin, auditor.factory],
      entities: Object.keys(actions).map(templateWith),
      meshedService: {
        clusters: [
          {
            name: 'local',
            url: toKubernetes.url,
            serviceAccountToken: tokenOf(platform, 'writer'),
          },
        ],
        vault: { address: toVault.url, token: vault.portalToken },
        // A write is held until the backend gives it up by itself.
        timeouts: { requestMilliseconds: 300_000 },
        rateLimits: { writesPerMinute: 1000, plansPerMinute: 1000 },
      },
    });
  });
  afterAll(async () => {
    await portal?.stop();
    for (const proxy of proxies) await proxy.close();
  });

  const valuesOf = (name: string): JsonObject =>
    aRequest({
      name,
      phase: 'audit',
      workload: { image: 'ghcr.io/acme/cart:1.0', replicas: 0 },
      secrets: { delivery: 'vso', paths: ['database'] },
      delivery: { mode: 'apply', repository: name, project: PROJECT },
    });
  /** @returns why the newest request that writes was given up, once it was. */
  async function refusalInTrace(): Promise<string> {
    const { calls, results } = auditor.createEvent.mock;
    const newest = calls.findLastIndex(([{ eventId }]) =>
      ['service-ensure', 'service-phase', 'service-retire'].includes(eventId),
    );
    const event = await results[newest].value;
    while (event.fail.mock.calls.length === 0) await sleep(20);
    return event.fail.mock.lastCall[0].error.message;
  }

  /** Asks for an action, and cancels its task while the n-th write is on its way, which arrives all the same. */
  async function cancelled(action: string, name: string, at: number) {
    const run = new FaultRun();
    let begun = 0;
    let because: string | undefined;
    const cancelAt = async (asked: SeenRequest) => {
      if (!isWrite(asked)) return;
      begun += 1;
      if (begun !== at) return;
      await portal.cancel(await portal.idFor(name));
      because = await refusalInTrace();
    };
    for (const proxy of proxies)
      Object.assign(proxy, { run, meddle: cancelAt });
    const { id, status } = await portal.ask(valuesOf(name), {
      template: nameOf(action),
    });
    // The write that was held arrives after its task has ended.
    while (run.writes.length < at) await sleep(20);
    return { id, status, because, begun, arrived: run.writes.length };
  }

  /** @returns how often something is written when a task is retried, and how that ends. */
  async function retried(id: string) {
    const run = new FaultRun();
    const meddle = async () => undefined;
    for (const proxy of proxies) Object.assign(proxy, { run, meddle });
    const { status, log } = await portal.retry(id);
    if (status !== 'completed') throw new Error(log);
    return run.writes.length;
  }

  const stoppedAt = (at: number) => ({
    id: expect.any(String),
    // The scaffolder calls a step failed that was cancelled while it ran.
    status: expect.stringMatching(/^(cancelled|failed)$/),
    because: expect.stringContaining('The client closed the connection'),
    begun: at,
    arrived: at,
  });

  it.each([1, 2, 9])(
    'ends write %s of a service, begins no other, and is finished by Retry',
    async at => {
      const name = platform.newNamespaceName('cart');
      const task = await cancelled('meshedService:service:apply', name, at);
      expect(task).toEqual(stoppedAt(at));
      expect(await retried(task.id)).toBeGreaterThan(0);

      const again = await portal.ask(valuesOf(name), {
        template: nameOf('meshedService:service:apply'),
      });
      expect([again.status, again.log]).toEqual([
        'completed',
        expect.stringContaining(`local/${name}/${name}: unchanged`),
      ]);
    },
  );

  it('ends the write of a part, of a change of phase and of a retirement, too', async () => {
    const name = platform.newNamespaceName('cart');
    const actionsInOrder = Object.keys(actions).slice(1);
    for (const action of actionsInOrder) {
      const task = await cancelled(action, name, 1);
      expect([action, task]).toEqual([action, stoppedAt(1)]);
      const service = { cluster: 'local', namespace: name, name };
      await Promise.all([
        retried(task.id),
        action.endsWith(':retire') && admin.letApplicationGo(service),
      ]);
    }
    expect(await admin.namespace(name)).toBeUndefined();
  });
});

const nameOf = (action: string) =>
  action.replace(/[^a-z]+/gi, '-').toLocaleLowerCase('en-US');

/** The form that makes a service, with this action as its only step. */
function templateWith(action: string): Entity {
  const { metadata, spec, ...template } = readTemplate();
  const input = { service: parameters, ...actions[action] };
  return JSON.parse(
    JSON.stringify({
      ...template,
      metadata: { ...metadata, name: nameOf(action) },
      spec: { ...spec, steps: [{ id: 'step', action, input }], output: {} },
    }),
  );
}
