import {
  readStamp,
  STAMP_PATH,
  verifyStamp,
} from '@meshway/plugin-meshed-service-common';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LocalForge } from '../forge';
import { FailingForge } from '../forge/__testUtils__/FailingForge';
import { DefaultPublishing } from './DefaultPublishing';
import { ada, aPortal, aRequest, bob, refusal } from './__testUtils__/aPortal';

// Each test starts many processes of git; how long that takes is the machine's business.
jest.setTimeout(300_000);

describe('publishing', () => {
  let portal: Awaited<ReturnType<typeof aPortal>>;
  beforeEach(async () => {
    portal = await aPortal();
  });
  afterEach(() => portal.close());

  describe('publishService', () => {
    it('makes a repository with everything, and claims the name', async () => {
      const steps: string[] = [];
      const receipt = await portal.publishing.publish(aRequest(), {
        ...ada,
        onStep: step => steps.push(step),
      });

      const { files } = (await portal.forge.read('cart')) ?? {
        files: new Map(),
      };
      const stamp = readStamp(files.get(STAMP_PATH) ?? '');
      expect(receipt).toEqual({
        service: 'eu-1/cart/cart',
        outcome: 'created',
        repository: 'cart',
        branch: 'main',
        commit: (await portal.forge.read('cart'))?.commit,
        html: 'http://localhost:3000/forge/cart/tree/main',
        clone: join(portal.folder, 'cart.git'),
        files: stamp.status.files,
      });
      expect(stamp.status.created).toEqual(ada.created);
      expect(verifyStamp(stamp, files)).toEqual([]);
      expect([...files.keys()].sort()).toEqual(
        stamp.status.files.map(({ path }) => path).sort(),
      );
      expect(await portal.publishing.registry.listClaims()).toEqual([
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
      const first = await portal.publishing.publish(aRequest(fields), ada);
      const again = await portal.publishing.publish(aRequest(fields), bob);
      expect(again).toEqual({ ...first, outcome: 'unchanged' });
    });

    it('changes nothing when it is repeated, later and by somebody else', async () => {
      const first = await portal.publishing.publish(aRequest(), ada);
      const before = await portal.everything();
      expect(await portal.publishing.publish(aRequest(), bob)).toEqual({
        ...first,
        outcome: 'unchanged',
      });
      expect(await portal.everything()).toEqual(before);
    });

    it('never touches what the team has made of its files', async () => {
      await portal.publishing.publish(aRequest(), ada);
      await portal.writeByHand({
        'README.md': 'Ours now\n',
        Dockerfile: undefined,
        'src/main.go': 'package main\n',
      });
      const before = await portal.everything();
      const receipt = await portal.publishing.publish(aRequest(), bob);
      expect(receipt.outcome).toBe('unchanged');
      expect(await portal.everything()).toEqual(before);
    });

    it('lets two runs of the same request end in one repository', async () => {
      const receipts = await Promise.all([
        portal.publishing.publish(aRequest(), ada),
        new DefaultPublishing(portal.config, portal.forge).publish(
          aRequest(),
          ada,
        ),
      ]);
      expect(receipts.map(({ outcome }) => outcome).sort()).toEqual([
        'created',
        'unchanged',
      ]);
      expect(receipts[0].commit).toBe(receipts[1].commit);
    });

    it('lets one of two teams win that want the same name at once, whole', async () => {
      const outcomes = await Promise.allSettled(
        ['shop', 'payments'].map(owner =>
          new DefaultPublishing(portal.config, portal.forge).publish(
            aRequest({ owner, delivery: { repository: `cart-of-${owner}` } }),
            ada,
          ),
        ),
      );
      const [{ owner, repository }] =
        await portal.publishing.registry.listClaims();
      expect(
        outcomes.flatMap(outcome =>
          outcome.status === 'rejected' ? [outcome.reason.message] : [],
        ),
      ).toEqual([
        `name: eu-1/cart/cart is taken by ${owner} (repository ${repository}). Choose another name, or ask ${owner}.`,
      ]);
      expect(await portal.forge.listRepositories()).toEqual([
        repository,
        'meshway-registry',
      ]);
    });

    it('lets one of two services win that want the same repository at once, and the other hold nothing', async () => {
      const outcomes = await Promise.allSettled(
        ['cart', 'basket'].map(name =>
          new DefaultPublishing(portal.config, portal.forge).publish(
            aRequest({ name, delivery: { repository: 'shared' } }),
            ada,
          ),
        ),
      );
      expect(outcomes.map(({ status }) => status).sort()).toEqual([
        'fulfilled',
        'rejected',
      ]);
      expect(await portal.publishing.registry.listClaims()).toHaveLength(1);
    });

    it('reports a managed file that was changed by hand, and leaves it', async () => {
      await portal.publishing.publish(aRequest(), ada);
      const path = 'manifests/mesh/00-namespace-cart.yaml';
      await portal.writeByHand({ [path]: 'kind: Namespace\n' });
      const before = await portal.everything();
      expect(await refusal(portal.publishing.publish(aRequest(), bob))).toMatch(
        /^ConflictError: name: eu-1\/cart\/cart exists already .* but manifests\/mesh\/00-namespace-cart\.yaml is not what its answers give today\. To change it, propose a change/,
      );
      expect(await portal.everything()).toEqual(before);
    });

    it.each([
      ['is broken', 'a: [\n', /cart\/meshed\.service\.yaml:\d+: /],
      [
        'is gone',
        undefined,
        /^ConflictError: delivery\.repository: cart exists and holds no service/,
      ],
    ])(
      'refuses a service whose stamp %s, and leaves it',
      async (_, stamp, words) => {
        await portal.publishing.publish(aRequest(), ada);
        await portal.writeByHand({ 'meshed.service.yaml': stamp });
        const before = await portal.everything();
        expect(
          await refusal(portal.publishing.publish(aRequest(), bob)),
        ).toMatch(words);
        expect(await portal.everything()).toEqual(before);
      },
    );

    it('refuses other answers for a service that exists, and says how to change it', async () => {
      await portal.publishing.publish(aRequest(), ada);
      const before = await portal.everything();
      expect(
        await refusal(
          portal.publishing.publish(
            aRequest({ phase: 'enforce', clients: [] }),
            bob,
          ),
        ),
      ).toBe(
        'ConflictError: name: eu-1/cart/cart exists already in repository cart and belongs to group:default/shop, with other answers for clients, phase. To change it, propose a change (action meshedService:change:propose); to have another service, choose another name.',
      );
      expect(await portal.everything()).toEqual(before);
    });

    it('refuses a name that another team holds, naming it', async () => {
      await portal.publishing.publish(aRequest(), ada);
      expect(
        await refusal(
          portal.publishing.publish(
            aRequest({ owner: 'payments', delivery: { repository: 'cart-2' } }),
            bob,
          ),
        ),
      ).toMatch(
        /^ConflictError: name: eu-1\/cart\/cart is taken by group:default\/shop/,
      );
      expect(await portal.forge.listRepositories()).toEqual([
        'cart',
        'meshway-registry',
      ]);
    });

    it('refuses a repository that holds something else, before it claims anything', async () => {
      await portal.forge.create(
        'cart',
        new Map([['main.go', 'package main\n']]),
        {
          message: 'x',
          author: ada.author,
        },
      );
      expect(await refusal(portal.publishing.publish(aRequest(), ada))).toBe(
        'ConflictError: delivery.repository: cart exists and holds no service. Choose another repository.',
      );
      expect(await portal.publishing.registry.listClaims()).toEqual([]);
    });

    it('refuses the repository of another service', async () => {
      await portal.publishing.publish(aRequest(), ada);
      expect(
        await refusal(
          portal.publishing.publish(aRequest({ cluster: 'eu-2' }), ada),
        ),
      ).toBe(
        'ConflictError: delivery.repository: cart belongs to the service eu-1/cart/cart of group:default/shop. Choose another repository.',
      );
      expect(await portal.publishing.registry.listClaims()).toHaveLength(1);
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
      const said = await refusal(
        portal.publishing.publish(aRequest(fields), ada),
      );
      expect(said.slice(0, message.length)).toBe(message);
      expect(await portal.everything()).toEqual({});
    });

    it('writes nothing without guardrails, or with broken ones', async () => {
      const pack = join(portal.folder, 'pack');
      const withPack = () =>
        new DefaultPublishing(
          { ...portal.config, guardrails: { pack } },
          portal.forge,
        );
      expect(await refusal(withPack().publish(aRequest(), ada))).toMatch(
        /^InputError: The guardrail pack .* cannot be read; meshedService\.guardrails\.pack/,
      );
      await mkdir(pack);
      expect(await refusal(withPack().publish(aRequest(), ada))).toMatch(
        /^InputError: The guardrail pack .* holds no file/,
      );
      await writeFile(join(pack, 'pack.yaml'), 'name: [');
      expect(await refusal(withPack().publish(aRequest(), ada))).toMatch(
        /^InvalidGuardrailPackError: The guardrail pack is broken:\npack\.yaml:1: /,
      );
      expect(await portal.everything()).toEqual({});
    });

    it('admits the bytes of the skeleton, too', async () => {
      const path = join(portal.folder, 'skeleton');
      await mkdir(join(path, 'manifests'), { recursive: true });
      await writeFile(
        join(path, 'manifests/admin.yaml'),
        'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: admin}\nroleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}\nsubjects: []\n',
      );
      const evil = new DefaultPublishing(
        { ...portal.config, skeletons: [{ name: 'evil', path }] },
        portal.forge,
      );
      expect(await refusal(evil.publish(aRequest(), ada))).toMatch(
        /^InputError: The platform's guardrails refuse this service:\nMSG\d{3} ClusterRoleBinding admin: /,
      );
      expect(await portal.everything()).toEqual({});
    });

    it('refuses a skeleton that is not configured', async () => {
      expect(
        await refusal(
          portal.publishing.publish(
            { ...aRequest(), skeleton: '../../etc' },
            ada,
          ),
        ),
      ).toBe(
        'InputError: skeleton: "../../etc" is not configured; choose one of meshed-service, or add it to meshedService.skeletons',
      );
    });

    it('stops when it is told to', async () => {
      const signal = AbortSignal.abort();
      expect(
        await refusal(
          portal.publishing.publish(aRequest(), { ...ada, signal }),
        ),
      ).toMatch(/^AbortError/);
      expect(await portal.everything()).toEqual({});
    });
  });

  describe('an interrupted run', () => {
    it('ends where an undisturbed one would have, whichever call fails, before or after it took effect', async () => {
      const counting = new FailingForge(portal.forge, undefined);
      await new DefaultPublishing(portal.config, counting).publish(
        aRequest(),
        ada,
      );
      const wanted = await portal.everything();
      expect(counting.calls).toBeGreaterThan(4);

      for (let call = 1; call <= counting.calls; call++) {
        for (const moment of ['before', 'after'] as const) {
          const path = join(portal.folder, `${call}-${moment}`);
          const fresh = new LocalForge({
            path,
            appBaseUrl: portal.config.appBaseUrl,
          });
          const failing = new FailingForge(fresh, { call, moment });
          await expect(
            new DefaultPublishing(portal.config, failing).publish(
              aRequest(),
              ada,
            ),
          ).rejects.toThrow('The line broke');
          const receipt = await new DefaultPublishing(
            portal.config,
            fresh,
          ).publish(aRequest(), ada);
          expect(['created', 'unchanged']).toContain(receipt.outcome);
          expect(await portal.everything(fresh)).toEqual(wanted);
        }
      }
    });
  });
});
