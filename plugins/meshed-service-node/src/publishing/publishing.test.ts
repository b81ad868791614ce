import {
  defaultPlatform,
  readStamp,
  STAMP_PATH,
  verifyStamp,
} from '@meshway/plugin-meshed-service-common';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { MeshedServiceConfig } from '../config';
import { Forge, LocalForge } from '../forge';
import { DefaultPublishing } from './DefaultPublishing';
import { ServiceRequest, WriteOptions } from './MeshedServicePublishing';
import { FailingForge } from '../forge/testing/FailingForge';

// Each test starts many processes of git; how long that takes is the machine's business.
jest.setTimeout(300_000);

const root = resolve(__dirname, '../../../..');
const options: WriteOptions = {
  author: { name: 'Ada Lovelace', email: 'ada@acme.example' },
  created: {
    by: 'user:default/ada',
    at: '2026-11-21T10:00:00.000Z',
    task: 'task-1',
  },
};
const later: WriteOptions = {
  author: { name: 'Bob', email: 'bob@acme.example' },
  created: {
    by: 'user:default/bob',
    at: '2026-12-24T10:00:00.000Z',
    task: 'task-2',
  },
};

const aRequest = (fields: object = {}): ServiceRequest => ({
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

describe('publishing', () => {
  let folder: string;
  let config: MeshedServiceConfig;
  let forge: LocalForge;
  let publishing: DefaultPublishing;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meshway-publishing-'));
    config = {
      platform: defaultPlatform,
      clusters: [{ name: 'eu-1' }, { name: 'eu-2' }],
      guardrails: { pack: join(root, 'infra/guardrails') },
      skeletons: [
        {
          name: 'meshed-service',
          path: join(root, 'skeleton/meshed-service'),
        },
      ],
      forge: { kind: 'local', path: folder, registry: 'meshway-registry' },
      governance: { platformGroup: 'group:default/platform' },
      appBaseUrl: 'http://localhost:3000',
    };
    forge = new LocalForge({ path: folder, appBaseUrl: config.appBaseUrl });
    publishing = new DefaultPublishing(config, forge);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const everything = async (of: Forge = forge) =>
    Object.fromEntries(
      await Promise.all(
        (
          await of.listRepositories()
        ).map(async name => {
          const snapshot = await of.read(name);
          return [name, Object.fromEntries(snapshot?.files ?? [])] as const;
        }),
      ),
    );
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      error => `${error.name}: ${error.message}`,
    );
  const writeByHand = async (
    changes: Record<string, string | undefined>,
    repository = 'cart',
  ) => {
    const seen = await forge.read(repository);
    await forge.commit(repository, new Map(Object.entries(changes)), {
      message: 'By hand',
      author: later.author,
      expected: seen?.commit ?? '',
    });
  };

  describe('publishService', () => {
    it('makes a repository with everything, and claims the name', async () => {
      const steps: string[] = [];
      const receipt = await publishing.publish(aRequest(), {
        ...options,
        onStep: step => steps.push(step),
      });

      const { files } = (await forge.read('cart')) ?? { files: new Map() };
      const stamp = readStamp(files.get(STAMP_PATH) ?? '');
      expect(receipt).toEqual({
        service: 'eu-1/cart/cart',
        outcome: 'created',
        repository: 'cart',
        branch: 'main',
        commit: (await forge.read('cart'))?.commit,
        html: 'http://localhost:3000/forge/cart/tree/main',
        clone: join(folder, 'cart.git'),
        files: stamp.status.files,
      });
      expect(stamp.status.created).toEqual(options.created);
      expect(verifyStamp(stamp, files)).toEqual([]);
      expect([...files.keys()].sort()).toEqual(
        stamp.status.files.map(({ path }) => path).sort(),
      );
      expect(await publishing.registry.listClaims()).toEqual([
        {
          service: 'eu-1/cart/cart',
          owner: 'group:default/shop',
          repository: 'cart',
        },
      ]);
      expect(steps).toEqual([
        'Looking for eu-1/cart/cart and its repository',
        expect.stringMatching(
          /^Judging \d+ objects and \d+ files by guardrails /,
        ),
        'Claiming eu-1/cart/cart for group:default/shop',
        'Writing repository cart',
      ]);
    });

    it.each([
      ['in every phase: observe', { phase: 'observe' }],
      ['in every phase: enforce', { phase: 'enforce' }],
      ['that the backend applies', { delivery: { mode: 'apply' } }],
      [
        'with secrets from the Vault Secrets Operator',
        { secrets: { delivery: 'vso', paths: ['database'] } },
      ],
      [
        'with secrets from the agent, that the backend applies',
        {
          secrets: { delivery: 'agent', paths: ['database'] },
          delivery: { mode: 'apply' },
        },
      ],
      ['without ports', { ports: [], clients: [] }],
      [
        'on a branch and in a folder of its own',
        { delivery: { revision: 'release', path: 'deploy/k8s' } },
      ],
    ])('makes a service %s, and finds it unchanged', async (_, fields) => {
      const first = await publishing.publish(aRequest(fields), options);
      const again = await publishing.publish(aRequest(fields), later);
      expect(again).toEqual({ ...first, outcome: 'unchanged' });
    });

    it('changes nothing when it is repeated, later and by somebody else', async () => {
      const first = await publishing.publish(aRequest(), options);
      const before = await everything();
      expect(await publishing.publish(aRequest(), later)).toEqual({
        ...first,
        outcome: 'unchanged',
      });
      expect(await everything()).toEqual(before);
    });

    it('never touches what the team has made of its files', async () => {
      await publishing.publish(aRequest(), options);
      await writeByHand({
        'README.md': 'Ours now\n',
        Dockerfile: undefined,
        'src/main.go': 'package main\n',
      });
      const before = await everything();
      const receipt = await publishing.publish(aRequest(), later);
      expect(receipt.outcome).toBe('unchanged');
      expect(await everything()).toEqual(before);
    });

    it('lets two runs of the same request end in one repository', async () => {
      const receipts = await Promise.all([
        publishing.publish(aRequest(), options),
        new DefaultPublishing(config, forge).publish(aRequest(), options),
      ]);
      expect(receipts.map(({ outcome }) => outcome).sort()).toEqual([
        'created',
        'unchanged',
      ]);
      expect(receipts[0].commit).toBe(receipts[1].commit);
    });

    it('refuses other answers for a service that exists, and says how to change it', async () => {
      await publishing.publish(aRequest(), options);
      const before = await everything();
      expect(
        await refusal(
          publishing.publish(
            aRequest({ phase: 'enforce', clients: [] }),
            later,
          ),
        ),
      ).toBe(
        'ConflictError: name: eu-1/cart/cart exists already in repository cart and belongs to group:default/shop, with other answers for clients, phase. To change it, propose a change (action meshedService:change:propose); to have another service, choose another name.',
      );
      expect(await everything()).toEqual(before);
    });

    it('refuses a name that another team holds, naming it', async () => {
      await publishing.publish(aRequest(), options);
      expect(
        await refusal(
          publishing.publish(
            aRequest({ owner: 'payments', delivery: { repository: 'cart-2' } }),
            later,
          ),
        ),
      ).toMatch(
        /^ConflictError: name: eu-1\/cart\/cart is taken by group:default\/shop/,
      );
      expect(await forge.listRepositories()).toEqual([
        'cart',
        'meshway-registry',
      ]);
    });

    it('refuses a repository that holds something else, before it claims anything', async () => {
      await forge.create('cart', new Map([['main.go', 'package main\n']]), {
        message: 'x',
        author: options.author,
      });
      expect(await refusal(publishing.publish(aRequest(), options))).toBe(
        'ConflictError: delivery.repository: cart exists and holds no service. Choose another repository.',
      );
      expect(await publishing.registry.listClaims()).toEqual([]);
    });

    it('refuses the repository of another service', async () => {
      await publishing.publish(aRequest(), options);
      expect(
        await refusal(
          publishing.publish(aRequest({ cluster: 'eu-2' }), options),
        ),
      ).toBe(
        'ConflictError: delivery.repository: cart belongs to the service eu-1/cart/cart of group:default/shop. Choose another repository.',
      );
      expect(await publishing.registry.listClaims()).toHaveLength(1);
    });

    it.each<[string, object, string]>([
      ['a reserved name', { name: 'kube-system' }, 'InputError: name: '],
      [
        'a cluster that there is not',
        { cluster: 'mars' },
        'InputError: cluster: "mars" is not a cluster of this platform; choose one of eu-1, eu-2',
      ],
      [
        'a repository of somebody else',
        { delivery: { repository: 'acme/cart' } },
        'InputError: delivery.repository: Repository "acme/cart": write the name only',
      ],
      [
        'an undeclared parameter',
        { skipAdmission: true },
        'InputError: skipAdmission: ',
      ],
      [
        'a name with a newline',
        { name: 'cart\nkind: ClusterRole' },
        'InputError: name: ',
      ],
      [
        'a wildcard client',
        { clients: [{ namespace: '*' }] },
        'InputError: clients[0].namespace: ',
      ],
    ])('refuses %s and leaves nothing behind', async (_, fields, message) => {
      const said = await refusal(publishing.publish(aRequest(fields), options));
      expect(said.slice(0, message.length)).toBe(message);
      expect(await everything()).toEqual({});
    });

    it('writes nothing without guardrails, or with broken ones', async () => {
      const pack = join(folder, 'pack');
      const withPack = () =>
        new DefaultPublishing({ ...config, guardrails: { pack } }, forge);
      expect(await refusal(withPack().publish(aRequest(), options))).toMatch(
        /^InputError: The guardrail pack .* cannot be read; meshedService\.guardrails\.pack/,
      );
      await mkdir(pack);
      expect(await refusal(withPack().publish(aRequest(), options))).toMatch(
        /^InputError: The guardrail pack .* holds no file/,
      );
      await writeFile(join(pack, 'pack.yaml'), 'name: [');
      expect(await refusal(withPack().publish(aRequest(), options))).toMatch(
        /^InvalidGuardrailPackError: The guardrail pack is broken:\npack\.yaml:1: /,
      );
      expect(await everything()).toEqual({});
    });

    it('admits the bytes of the skeleton, too', async () => {
      const path = join(folder, 'skeleton');
      await mkdir(join(path, 'manifests'), { recursive: true });
      await writeFile(
        join(path, 'manifests/admin.yaml'),
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: admin}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}\nsubjects: []\n',
      );
      const evil = new DefaultPublishing(
        { ...config, skeletons: [{ name: 'evil', path }] },
        forge,
      );
      expect(await refusal(evil.publish(aRequest(), options))).toMatch(
        /^InputError: The platform's guardrails refuse this service:\nMSG\d{3} ClusterRoleBinding admin: /,
      );
      expect(await everything()).toEqual({});
    });

    it('refuses a skeleton that is not configured', async () => {
      expect(
        await refusal(
          publishing.publish({ ...aRequest(), skeleton: '../../etc' }, options),
        ),
      ).toBe(
        'InputError: skeleton: "../../etc" is not configured; choose one of meshed-service, or add it to meshedService.skeletons',
      );
    });

    it('stops when it is told to', async () => {
      const signal = AbortSignal.abort();
      expect(
        await refusal(publishing.publish(aRequest(), { ...options, signal })),
      ).toMatch(/^AbortError/);
      expect(await everything()).toEqual({});
    });
  });

  describe('an interrupted run', () => {
    it('ends where an undisturbed one would have, whichever call fails, before or after it took effect', async () => {
      const counting = new FailingForge(forge, undefined);
      await new DefaultPublishing(config, counting).publish(
        aRequest(),
        options,
      );
      const wanted = await everything();
      expect(counting.calls).toBeGreaterThan(4);

      for (let call = 1; call <= counting.calls; call++) {
        for (const moment of ['before', 'after'] as const) {
          const path = join(folder, `${call}-${moment}`);
          const fresh = new LocalForge({ path, appBaseUrl: config.appBaseUrl });
          const failing = new FailingForge(fresh, { call, moment });
          await expect(
            new DefaultPublishing(config, failing).publish(aRequest(), options),
          ).rejects.toThrow('The line broke');
          const receipt = await new DefaultPublishing(config, fresh).publish(
            aRequest(),
            options,
          );
          expect(['created', 'unchanged']).toContain(receipt.outcome);
          expect(await everything(fresh)).toEqual(wanted);
        }
      }
    });
  });

  describe('planService', () => {
    it('says what would be made, and makes nothing', async () => {
      const plan = await publishing.plan(aRequest());
      expect(plan).toMatchObject({
        service: 'eu-1/cart/cart',
        outcome: 'create',
        repository: {
          name: 'cart',
          html: 'http://localhost:3000/forge/cart/tree/main',
        },
        violations: [],
      });
      expect(new Set(plan.files.map(({ action }) => action))).toEqual(
        new Set(['create']),
      );
      expect(await everything()).toEqual({});

      const { files } = await publishing.publish(aRequest(), options);
      expect(plan.files.map(({ path }) => path)).toEqual(
        files.map(({ path }) => path),
      );
    });

    it('says that nothing would change', async () => {
      await publishing.publish(aRequest(), options);
      const plan = await publishing.plan(aRequest());
      expect(plan.outcome).toBe('unchanged');
      expect(
        plan.files.filter(
          ({ action }) => action !== 'unchanged' && action !== 'kept',
        ),
      ).toEqual([]);
    });

    it('says what would change, what is in the way, and what is kept', async () => {
      await publishing.publish(aRequest(), options);
      await writeByHand({
        'manifests/mesh/00-namespace-cart.yaml': 'kind: Namespace\n',
        'src/main.go': 'package main\n',
      });
      const plan = await publishing.plan(aRequest({ phase: 'enforce' }));
      const actionOn = (path: string) =>
        plan.files.find(file => file.path === path)?.action;
      expect(plan.outcome).toBe('change');
      expect({
        namespace: actionOn('manifests/mesh/00-namespace-cart.yaml'),
        server: actionOn('manifests/mesh/40-server-cart.grpc.yaml'),
        open: actionOn('manifests/mesh/30-networkpolicy-cart-ports.yaml'),
        stamp: actionOn(STAMP_PATH),
        team: actionOn('src/main.go'),
      }).toEqual({
        namespace: 'conflict',
        server: 'change',
        open: 'remove',
        stamp: 'change',
        team: 'kept',
      });
    });

    it('says who holds the name', async () => {
      await publishing.publish(aRequest(), options);
      expect(
        await publishing.plan(aRequest({ owner: 'payments' })),
      ).toMatchObject({
        outcome: 'taken',
        takenBy: { owner: 'group:default/shop', repository: 'cart' },
        takenBecause: expect.stringContaining('Choose another name'),
      });
    });
  });

  describe('proposeServiceChange', () => {
    const enforce = aRequest({ phase: 'enforce' });

    it('proposes managed files and stamp on a branch, and leaves the team alone', async () => {
      await publishing.publish(aRequest(), options);
      await writeByHand({ 'README.md': 'Ours now\n' });
      const before = await everything();
      const receipt = await publishing.propose(enforce, later);

      expect(receipt).toMatchObject({
        outcome: 'proposed',
        branch: expect.stringMatching(/^meshway\/change-[0-9a-f]{12}$/),
        change: { title: 'Change phase of cart', state: 'open' },
      });
      expect(receipt.change?.description).toContain(
        '- `phase`: `"audit"` → `"enforce"`',
      );
      expect(receipt.change?.description).toContain('docs/index.md');
      expect(await everything()).toEqual(before);
      const branch = await forge.read('cart', { branch: receipt.branch });
      const stamp = readStamp(branch?.files.get(STAMP_PATH) ?? '');
      expect(stamp.spec.phase).toBe('enforce');
      expect(stamp.status.created).toEqual(options.created);
      expect(verifyStamp(stamp, branch?.files ?? new Map())).toEqual([]);
      expect(branch?.files.get('README.md')).toBe('Ours now\n');
    });

    it('is the same change when it is repeated', async () => {
      await publishing.publish(aRequest(), options);
      const first = await publishing.propose(enforce, later);
      expect(await publishing.propose(enforce, later)).toEqual(first);
      expect(await forge.listChanges()).toHaveLength(1);
    });

    it('is what publishing finds once it is merged', async () => {
      await publishing.publish(aRequest(), options);
      const { change } = await publishing.propose(enforce, later);
      await forge.mergeChange('cart', change?.id ?? '', later.author);
      expect((await publishing.publish(enforce, later)).outcome).toBe(
        'unchanged',
      );
      expect((await publishing.propose(enforce, later)).outcome).toBe(
        'unchanged',
      );
    });

    it('has nothing to propose when the answers are the same', async () => {
      const { commit } = await publishing.publish(aRequest(), options);
      expect(await publishing.propose(aRequest(), later)).toMatchObject({
        outcome: 'unchanged',
        commit,
      });
      expect(await forge.listChanges('cart')).toEqual([]);
    });

    it('puts right what was edited by hand', async () => {
      await publishing.publish(aRequest(), options);
      const path = 'manifests/mesh/00-namespace-cart.yaml';
      await writeByHand({ [path]: 'kind: Namespace\n' });
      const { change } = await publishing.propose(aRequest(), later);
      await forge.mergeChange('cart', change?.id ?? '', later.author);
      expect((await publishing.publish(aRequest(), later)).outcome).toBe(
        'unchanged',
      );
    });

    it('needs a service to change', async () => {
      expect(await refusal(publishing.propose(enforce, later))).toBe(
        'NotFoundError: There is no service eu-1/cart/cart in repository cart to change; publish it first',
      );
    });

    it.each<[string, object, RegExp]>([
      [
        'another folder',
        { delivery: { path: 'k8s' } },
        /^InputError: delivery\.path: the team's manifests lie in manifests/,
      ],
      [
        'another way to the cluster',
        { delivery: { mode: 'apply' } },
        /^InputError: delivery: the change would remove the managed folder/,
      ],
      [
        'another repository',
        { delivery: { repository: 'cart-2' } },
        /^ConflictError: delivery\.repository: eu-1\/cart\/cart lives in cart/,
      ],
    ])('does not move a service to %s', async (_, fields, message) => {
      await publishing.publish(aRequest(), options);
      expect(
        await refusal(publishing.propose(aRequest(fields), later)),
      ).toMatch(message);
      expect(await forge.listChanges('cart')).toEqual([]);
    });
  });
});
