import path from 'node:path';
import type { JsonObject } from '@backstage/types';
import { platformForTests } from '@meshway/test-platform';
// Only tests share these: a published package must not export what rests on a private one.
/* eslint-disable @backstage/no-relative-monorepo-imports */
import {
  PROJECT,
  tokenOf,
} from '../../meshed-service-node/src/provisioning/__testUtils__/aCluster';
import { administrator } from '../../meshed-service-node/src/provisioning/__testUtils__/anAdministrator';
import {
  FaultProxy,
  FaultRun,
  SeenRequest,
} from '../../meshed-service-node/src/provisioning/__testUtils__/faultProxy';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { aKey } from './__testUtils__/anIssuer';
import { aFolder } from './__testUtils__/aPlace';
import { PortalProcess } from './__testUtils__/aPortalProcess';
import { aRequest } from './__testUtils__/aService';
import { repositoriesIn, withoutCreation } from './__testUtils__/repositories';

/** `full`: at every request. A number: at so many, spread over all of them. */
const extent = process.env.MESHWAY_KILLS ?? '3';

/** Kills at the k-th request, which does not arrive any more. */
class KillingRun extends FaultRun {
  constructor(private readonly at: number, private readonly kill: () => void) {
    super();
  }

  judge(request: SeenRequest) {
    const fault = super.judge(request);
    if (this.requests.length < this.at) return fault;
    if (this.requests.length === this.at) {
      this.struck += 1;
      this.kill();
    }
    return 'resetBefore' as const;
  }
}

describe('a portal that is killed while it makes a service', () => {
  const platform = platformForTests(['kubernetes', 'vault']);
  jest.setTimeout(3 * 3_600_000);
  let portal: PortalProcess;
  let proxies: FaultProxy[];
  let admin: ReturnType<typeof administrator>;
  let repositories: string;

  beforeAll(async () => {
    admin = administrator(platform);
    await admin.makeProject();
    const { kubernetes, vault } = platform;
    proxies = [
      await FaultProxy.before(kubernetes.url, kubernetes.caFile),
      await FaultProxy.before(vault.address),
    ];
    const folder = aFolder();
    repositories = path.join(folder, 'repositories');
    const [toKubernetes, toVault] = proxies;
    portal = new PortalProcess({
      folder,
      repositories,
      key: aKey(),
      meshedService: {
        clusters: [
          {
            name: 'local',
            url: toKubernetes.url,
            serviceAccountToken: tokenOf(platform, 'writer'),
          },
        ],
        vault: { address: toVault.url, token: vault.portalToken },
        rateLimits: { writesPerMinute: 10_000, plansPerMinute: 10_000 },
      },
    });
    await portal.start();
  });
  afterAll(async () => {
    await portal?.stop();
    for (const proxy of proxies ?? []) await proxy.close();
  });

  const use = (run: FaultRun) => {
    for (const proxy of proxies) proxy.run = run;
  };
  const values = (name: string): JsonObject =>
    aRequest({
      name,
      secrets: { delivery: 'vso', paths: ['database'] },
      delivery: { mode: 'apply', repository: name, project: PROJECT },
    });
  const kill = () => portal.kill();
  const asking = { template: 'applies' };

  /** Everything that a service has left, without what differs from service to service. */
  async function stateOf(name: string): Promise<string> {
    const { [name]: repository, 'meshway-registry': registry } =
      withoutCreation(repositoriesIn(repositories));
    const state = {
      objects: await admin.contents(name),
      repository,
      claim: registry.files[`services/local/${name}/${name}.yaml`],
    };
    return JSON.stringify(state)
      .replaceAll(name, 'NAME')
      .replace(/sha256:[0-9a-f]{64}/g, 'DIGEST');
  }

  it('is started again, takes the task up by itself, and ends where an undisturbed one ends', async () => {
    // The first task loads what the later ones have.
    await portal.tasks.ask(values(platform.newNamespaceName('warm')), asking);
    const calm = new FaultRun();
    use(calm);
    const undisturbed = platform.newNamespaceName('calm');
    const done = await portal.tasks.ask(values(undisturbed), asking);
    expect([done.status, done.log]).toEqual(['completed', expect.anything()]);
    const expected = await stateOf(undisturbed);
    const requests = calm.requests.length;
    const failures: string[] = [];
    let struck = 0;
    const boundaries = boundariesOf(requests);
    for (const at of boundaries) {
      const name = platform.newNamespaceName('kill');
      const run = new KillingRun(at, kill);
      use(run);
      // The portal may be gone before it has answered.
      await portal.tasks.send(values(name), asking).catch(() => undefined);
      await portal.ended();
      struck += run.struck;
      use(new FaultRun());
      await portal.start();
      const task = await portal.tasks.finished(await portal.tasks.idFor(name));
      if (task.status !== 'completed')
        failures.push(`killed at ${at}: ${task.status}\n${task.log}`);
      const state = await stateOf(name);
      if (state !== expected)
        failures.push(`killed at ${at}: ended otherwise: ${state}`);
    }
    process.stdout.write(
      `Killed at ${struck} of ${requests} request boundaries (MESHWAY_KILLS=${extent}): ${failures.length} did not end as the undisturbed one.\n`,
    );
    expect(failures).toEqual([]);
    expect(struck).toBe(boundaries.length);
  });
});

/** @returns before which requests it is killed: first, last, and what lies evenly in between. */
function boundariesOf(requests: number): number[] {
  const all = Array.from({ length: requests }, (_, index) => index + 1);
  if (extent === 'full') return all;
  const count = Math.min(Number(extent), requests);
  return Array.from(
    { length: count },
    (_, index) =>
      all[Math.round((index * (requests - 1)) / Math.max(1, count - 1))],
  );
}
