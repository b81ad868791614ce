import { join } from 'node:path';
import { DefaultPublishing } from './DefaultPublishing';
import {
  readStamp,
  STAMP_PATH,
  verifyStamp,
} from '@meshway/plugin-meshed-service-common';
import { ada, aPortal, aRequest, bob, refusal } from './__testUtils__/aPortal';

// Each test starts many processes of git; how long that takes is the machine's business.
jest.setTimeout(300_000);

describe('publishing', () => {
  let portal: Awaited<ReturnType<typeof aPortal>>;
  beforeEach(async () => {
    portal = await aPortal();
  });
  afterEach(() => portal.close());

  describe('planService', () => {
    it('says what would be made, and makes nothing', async () => {
      const plan = await portal.publishing.plan(aRequest());
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
      expect(await portal.everything()).toEqual({});

      const { files } = await portal.publishing.publish(aRequest(), ada);
      expect(plan.files.map(({ path }) => path)).toEqual(
        files.map(({ path }) => path),
      );
    });

    it('says that nothing would change', async () => {
      await portal.publishing.publish(aRequest(), ada);
      const plan = await portal.publishing.plan(aRequest());
      expect(plan.outcome).toBe('unchanged');
      expect(
        plan.files.filter(
          ({ action }) => action !== 'unchanged' && action !== 'kept',
        ),
      ).toEqual([]);
    });

    it('says what would change, what is in the way, and what is kept', async () => {
      await portal.publishing.publish(aRequest(), ada);
      await portal.writeByHand({
        'manifests/mesh/00-namespace-cart.yaml': 'kind: Namespace\n',
        'src/main.go': 'package main\n',
      });
      const plan = await portal.publishing.plan(aRequest({ phase: 'enforce' }));
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
      const changesOf = (path: string) =>
        plan.files.find(file => file.path === path)?.changes;
      expect(changesOf('manifests/mesh/40-server-cart.grpc.yaml')).toEqual([
        { field: 'spec.accessPolicy', from: '"audit"', to: '"deny"' },
      ]);
      expect(changesOf(STAMP_PATH)).toEqual([
        { field: 'spec.phase', from: '"audit"', to: '"enforce"' },
      ]);
      expect(
        changesOf('manifests/mesh/30-networkpolicy-cart-ports.yaml'),
      ).toBeUndefined();
    });

    it('says which service holds the repository', async () => {
      await portal.publishing.publish(aRequest(), ada);
      expect(
        await portal.publishing.plan(
          aRequest({ name: 'basket', delivery: { repository: 'Cart' } }),
        ),
      ).toMatchObject({
        outcome: 'taken',
        takenBecause:
          'delivery.repository: cart belongs to the service eu-1/cart/cart of group:default/shop. Choose another repository.',
      });
    });

    it('says who holds the name', async () => {
      await portal.publishing.publish(aRequest(), ada);
      expect(
        await portal.publishing.plan(aRequest({ owner: 'payments' })),
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
      await portal.publishing.publish(aRequest(), ada);
      await portal.writeByHand({ 'README.md': 'Ours now\n' });
      const before = await portal.everything();
      const receipt = await portal.publishing.propose(enforce, bob);

      expect(receipt).toMatchObject({
        outcome: 'proposed',
        branch: expect.stringMatching(/^meshway\/change-[0-9a-f]{12}$/),
        change: { title: 'Change phase of cart', state: 'open' },
      });
      expect(receipt.change?.description).toContain(
        '- `phase`: `"audit"` → `"enforce"`',
      );
      expect(receipt.change?.description).toContain('docs/index.md');
      expect(await portal.everything()).toEqual(before);
      const branch = await portal.forge.read('cart', {
        branch: receipt.branch,
      });
      const stamp = readStamp(branch?.files.get(STAMP_PATH) ?? '');
      expect(stamp.spec.phase).toBe('enforce');
      expect(stamp.status.created).toEqual(ada.created);
      expect(verifyStamp(stamp, branch?.files ?? new Map())).toEqual([]);
      expect(branch?.files.get('README.md')).toBe('Ours now\n');
    });

    it('neither plans nor proposes anything without guardrails', async () => {
      await portal.publishing.publish(aRequest(), ada);
      const lawless = new DefaultPublishing(
        {
          ...portal.config,
          guardrails: { pack: join(portal.folder, 'no-pack') },
        },
        portal.forge,
      );
      const words =
        /^InputError: The guardrail pack .*no-pack cannot be read; meshedService\.guardrails\.pack/;
      expect(await refusal(lawless.plan(enforce))).toMatch(words);
      expect(await refusal(lawless.propose(enforce, bob))).toMatch(words);
      expect(await portal.forge.listChanges()).toEqual([]);
    });

    it('is the same change when it is repeated', async () => {
      await portal.publishing.publish(aRequest(), ada);
      const first = await portal.publishing.propose(enforce, bob);
      expect(await portal.publishing.propose(enforce, bob)).toEqual(first);
      expect(await portal.forge.listChanges()).toHaveLength(1);
    });

    it('is what publishing finds once it is merged', async () => {
      await portal.publishing.publish(aRequest(), ada);
      const { change } = await portal.publishing.propose(enforce, bob);
      await portal.forge.mergeChange('cart', change?.id ?? '', bob.author);
      expect((await portal.publishing.publish(enforce, bob)).outcome).toBe(
        'unchanged',
      );
      expect((await portal.publishing.propose(enforce, bob)).outcome).toBe(
        'unchanged',
      );
    });

    it('hands a service over: the claim follows once the change is merged', async () => {
      await portal.publishing.publish(aRequest(), ada);
      const handover = aRequest({ owner: 'payments' });
      const { change } = await portal.publishing.propose(handover, bob);
      const owners = async () =>
        (await portal.publishing.registry.listClaims()).map(
          ({ owner }) => owner,
        );
      expect(await refusal(portal.publishing.publish(handover, bob))).toMatch(
        /^ConflictError: name: eu-1\/cart\/cart is taken by group:default\/shop/,
      );
      await portal.forge.mergeChange('cart', change?.id ?? '', bob.author);
      expect(await owners()).toEqual(['group:default/shop']);
      expect((await portal.publishing.publish(handover, bob)).outcome).toBe(
        'unchanged',
      );
      expect(await owners()).toEqual(['group:default/payments']);
      expect(await refusal(portal.publishing.publish(aRequest(), ada))).toMatch(
        /^ConflictError: name: eu-1\/cart\/cart is taken by group:default\/payments/,
      );
    });

    it('has nothing to propose when the answers are the same', async () => {
      const { commit } = await portal.publishing.publish(aRequest(), ada);
      expect(await portal.publishing.propose(aRequest(), bob)).toMatchObject({
        outcome: 'unchanged',
        commit,
      });
      expect(await portal.forge.listChanges('cart')).toEqual([]);
    });

    it('puts right what was edited by hand', async () => {
      await portal.publishing.publish(aRequest(), ada);
      const path = 'manifests/mesh/00-namespace-cart.yaml';
      await portal.writeByHand({ [path]: 'kind: Namespace\n' });
      const { change } = await portal.publishing.propose(aRequest(), bob);
      await portal.forge.mergeChange('cart', change?.id ?? '', bob.author);
      expect((await portal.publishing.publish(aRequest(), bob)).outcome).toBe(
        'unchanged',
      );
    });

    it('needs a service to change', async () => {
      expect(await refusal(portal.publishing.propose(enforce, bob))).toBe(
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
      await portal.publishing.publish(aRequest(), ada);
      expect(
        await refusal(portal.publishing.propose(aRequest(fields), bob)),
      ).toMatch(message);
      expect(await portal.forge.listChanges('cart')).toEqual([]);
    });
  });
});
