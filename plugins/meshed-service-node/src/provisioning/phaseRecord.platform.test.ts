import { kinds, Phase } from '@meshway/plugin-meshed-service-common';
import { platformForTests } from '@meshway/test-platform';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  aRequestFor,
  byAda,
  portalOn,
  PROJECT,
  provisioningOn,
  refusal,
} from './__testUtils__/aCluster';
import { aPod, aServiceIn, byPanic } from './__testUtils__/aServiceIn';
import { aWatchedCluster } from './__testUtils__/aWatchedCluster';

describe('setPhase, where record and cluster are apart', () => {
  const platform = platformForTests(['kubernetes']);
  const cluster = aWatchedCluster(platform);
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meshway-phase-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.each<[string, Phase, Phase, string | undefined, RegExp]>([
    ['without a reason', 'audit', 'enforce', undefined, /^InputError: reason/],
    [
      'two steps at once',
      'observe',
      'enforce',
      'In a hurry',
      /^InputError: phase: observe does not become enforce at once/,
    ],
  ])(
    'does not go forward %s where the record is ahead of the Servers',
    async (_, from, to, reason, said) => {
      const { name, provisioning, policies } = await aServiceIn(from, cluster);
      const before = await policies();
      const request = aRequestFor(name, { phase: to });
      expect(
        await refusal(
          provisioning.setPhase({ request, phase: to, reason }, byAda()),
        ),
      ).toMatch(said);
      expect(await policies()).toEqual(before);
    },
  );

  it('brings the Servers to where the record is, with a reason, and says from where', async () => {
    const { name, provisioning, policies } = await aServiceIn('audit', cluster);
    const request = aRequestFor(name, { phase: 'enforce' });
    const reason = 'The run before ended half-way';
    const { phase } = await provisioning.setPhase(
      { request, phase: 'enforce', reason },
      byAda(),
    );
    expect([phase, (await policies()).servers['cart.http']]).toEqual([
      { from: 'audit', to: 'enforce', reason },
      'deny',
    ]);
  });

  it('goes back, also by force, where the record is behind the Servers', async () => {
    const { name, provisioning, policies } = await aServiceIn(
      'enforce',
      cluster,
    );
    await byPanic(platform, name, { accessPolicy: 'all-authenticated' });
    const request = aRequestFor(name, { phase: 'audit' });
    const { phase, steps } = await provisioning.setPhase(
      { request, phase: 'audit', force: true },
      byAda(),
    );
    expect([phase, steps[0].overrode, steps[1].ref.kind]).toEqual([
      { from: 'enforce', to: 'audit' },
      [{ with: 'panic', field: 'spec.accessPolicy' }],
      'Server',
    ]);
    expect((await policies()).servers).toMatchObject({
      'cart.grpc': 'audit',
      'cart.http': 'audit',
    });
  });

  it('is not led past the question by ports that have another name', async () => {
    const { name, provisioning } = await aServiceIn('audit', cluster);
    const renamed = aRequestFor(name, {
      phase: 'enforce',
      ports: [{ name: 'web', port: 8081, protocol: 'HTTP/1' }],
    });
    const { phase, problems } = await provisioning.plan(renamed);
    expect([phase, problems.map(({ code }) => code)]).toEqual([
      'audit',
      ['phase-forward'],
    ]);
  });

  it('does not propose the next step of what Argo CD delivers before the cluster has made this one', async () => {
    const { name } = await aServiceIn('observe', cluster);
    const { publishing, settings } = portalOn(platform, folder);
    const { provisioning } = provisioningOn(platform, {
      ...{ withVault: false, publishing, platform: settings },
    });
    const delivery = { mode: 'gitops', repository: name, project: PROJECT };
    const request = aRequestFor(name, { phase: 'audit', delivery });
    expect(
      await refusal(
        provisioning.setPhase(
          { request, phase: 'enforce', reason: 'In a hurry' },
          byAda(),
        ),
      ),
    ).toMatch(/^InputError: phase: the Servers are in observe, not in audit/);
  });

  it('says whom it overrode and what to restart, when the repository does not take the record, and records it later', async () => {
    const { publishing, settings, forge } = portalOn(platform, folder);
    const { name, provisioning, request } = cluster.aService(
      { phase: 'enforce' },
      { publishing, platform: settings },
    );
    await provisioning.ensure(request, byAda());
    await byPanic(platform, name, { accessPolicy: 'all-authenticated' });
    const back = { request, phase: 'audit', force: true } as const;
    const lock = join(forge.addressOf(name).clone, 'refs/heads/main.lock');
    await writeFile(lock, '');

    const told: string[] = [];
    const first = await provisioning.setPhase(back, {
      ...byAda(),
      onOverridden: ({ ref }) => told.push(ref.name),
    });
    expect({
      told,
      outcome: first.outcome,
      restart: first.restart?.because,
      overrode: first.steps[0].overrode,
      last: first.steps.at(-1),
    }).toEqual({
      told: [`${name}.http`],
      outcome: 'partial',
      restart: expect.stringContaining('until then they keep deny'),
      overrode: [{ with: 'panic', field: 'spec.accessPolicy' }],
      last: {
        system: 'repository',
        ref: { ...kinds.MeshedService, name },
        outcome: 'waiting',
        because: expect.stringMatching(
          /^The cluster is in audit, and the repository does not say so yet: .*main\.lock is in the way/,
        ),
      },
    });

    await rm(lock);
    const { outcome, repository } = await provisioning.setPhase(back, byAda());
    const stamp = (await forge.read(name))?.files.get('meshed.service.yaml');
    expect([outcome, repository?.name, stamp]).toEqual([
      'unchanged',
      name,
      expect.stringMatching(/^ {2}phase: audit$/m),
    ]);
  });

  it('still names the restart when a run before has changed the namespace', async () => {
    const { name, provisioning, request } = await aServiceIn('audit', cluster);
    await cluster.admin.apply(aPod(name, 'all-unauthenticated'));
    const { restart } = await provisioning.setPhase(
      { request, phase: 'audit' },
      byAda(),
    );
    expect(restart?.because).toContain(
      'until then they keep all-unauthenticated',
    );
  });
});
