import {
  defaultPlatform,
  parseMeshedServiceSpec,
  renderBundle,
} from '@meshway/plugin-meshed-service-common';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { LocalForge } from '../forge';
import { claimFile } from './claimFile';
import { ForgeRegistry } from './ForgeRegistry';

// How long it takes is the machine's business.
jest.setTimeout(300_000);

const author = { name: 'Ada', email: 'ada@acme.example' };

const aSpec = (fields: object = {}) =>
  parseMeshedServiceSpec({
    name: 'payments',
    owner: 'payments-team',
    cluster: 'eu-1',
    workload: { image: 'ghcr.io/acme/payments:1' },
    ...fields,
  });

describe('ForgeRegistry', () => {
  let path: string;
  let forge: LocalForge;
  let registry: ForgeRegistry;
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'meshway-registry-'));
    forge = new LocalForge({ path, appBaseUrl: 'http://localhost:3000' });
    registry = new ForgeRegistry(forge, 'meshway-registry');
  });
  afterEach(() => rm(path, { recursive: true, force: true }));

  const claim = (fields?: object, by: ForgeRegistry = registry) => {
    const spec = aSpec(fields);
    const content = claimFile(spec, renderBundle(spec, defaultPlatform));
    return by.claimService(spec, content, { author });
  };
  const payments = {
    service: 'eu-1/payments/payments',
    owner: 'group:default/payments-team',
    repository: 'payments',
  };

  it('holds nothing before the first claim', async () => {
    expect(await registry.listClaims()).toEqual([]);
    expect(await registry.readClaim(aSpec())).toBeUndefined();
  });

  it('makes itself with the first claim, and finds it again', async () => {
    expect(await claim()).toEqual({ claim: payments, outcome: 'created' });
    expect(await claim()).toEqual({ claim: payments, outcome: 'unchanged' });
    expect(await registry.readClaim(aSpec())).toEqual(payments);
    expect(await registry.listClaims()).toEqual([payments]);
  });

  it('writes the file that Argo CD makes an application of', async () => {
    await claim();
    const file = (await forge.read('meshway-registry'))?.files.get(
      'services/eu-1/payments/payments.yaml',
    );
    expect(parse(file ?? '')).toMatchObject({
      kind: 'ArgoRegistration',
      spec: { repository: 'payments', project: 'payments-team' },
    });
  });

  it('writes a file that Argo CD ignores when the backend writes the cluster', async () => {
    await claim({ delivery: { mode: 'apply' } });
    const file = (await forge.read('meshway-registry'))?.files.get(
      'services/eu-1/payments/payments.yaml',
    );
    expect(parse(file ?? '')).toMatchObject({ kind: 'ServiceClaim' });
    expect(await registry.listClaims()).toEqual([payments]);
  });

  it('refuses a name that another team holds, naming it', async () => {
    await claim();
    await expect(claim({ owner: 'shipping' })).rejects.toMatchObject({
      name: 'ConflictError',
      message:
        'name: eu-1/payments/payments is taken by group:default/payments-team (repository payments). Choose another name, or ask group:default/payments-team.',
    });
  });

  it('refuses a second repository for a service', async () => {
    await claim();
    await expect(
      claim({ delivery: { repository: 'payments-2' } }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('exists already in repository payments'),
    });
  });

  it('promises a repository to one service, also before anybody has written it', async () => {
    await claim();
    await expect(
      claim({ name: 'orders', delivery: { repository: 'Payments' } }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message:
        'delivery.repository: payments belongs to the service eu-1/payments/payments of group:default/payments-team. Choose another repository.',
    });
    expect(await registry.listClaims()).toEqual([payments]);
  });

  it('lets one of several services win that want a repository at once', async () => {
    const outcomes = await Promise.allSettled(
      ['one', 'two', 'three'].map(name =>
        claim({ name, delivery: { repository: 'shared' } }),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
    ]);
    expect(await registry.listClaims()).toHaveLength(1);
  });

  it('lets one of several teams win that claim a name at once', async () => {
    const owners = ['a-team', 'b-team', 'c-team', 'd-team'];
    const outcomes = await Promise.allSettled(
      owners.map(owner =>
        claim({ owner }, new ForgeRegistry(forge, 'meshway-registry')),
      ),
    );
    const [{ owner }] = await registry.listClaims();
    const said = outcomes.map(outcome =>
      outcome.status === 'fulfilled'
        ? 'won'
        : `${outcome.reason.name}: ${outcome.reason.message}`,
    );
    expect(said.sort()).toEqual([
      ...owners
        .slice(1)
        .map(() =>
          expect.stringContaining(
            `ConflictError: name: eu-1/payments/payments is taken by ${owner}`,
          ),
        ),
      'won',
    ]);
  });

  it('lets everybody in who claims different names at once', async () => {
    const taken = ['one', 'two', 'three', 'four'];
    await Promise.all(taken.map(name => claim({ name })));
    expect(
      (await registry.listClaims()).map(({ repository }) => repository).sort(),
    ).toEqual([...taken].sort());
  });

  it.each([
    ['nothing', ''],
    ['no YAML', 'a: [b'],
    ['an alias', 'a: &a {b: *a}'],
    ['a list', '- 1'],
    [
      'the claim on another name',
      'metadata: {annotations: {meshway.dev/claim: eu-1/x/x, meshway.dev/owner: "group:default/x"}}\nspec: {repository: x}',
    ],
    ['100 kB', `a: ${'x'.repeat(100_000)}`],
  ])(
    'names the file that holds %s instead of a claim, and lists the others',
    async (_, content) => {
      await claim({ name: 'orders' });
      const seen = await forge.read('meshway-registry');
      const file = 'services/eu-1/payments/payments.yaml';
      await forge.commit('meshway-registry', new Map([[file, content]]), {
        message: 'By hand',
        author,
        expected: seen?.commit ?? '',
      });
      await expect(registry.readClaim(aSpec())).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining(file),
      });
      await expect(claim()).rejects.toMatchObject({ name: 'InputError' });
      expect(
        (await registry.listClaims()).map(({ repository }) => repository),
      ).toEqual(['orders']);
    },
  );
});
