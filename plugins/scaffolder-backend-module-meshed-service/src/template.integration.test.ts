import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { readStamp, STAMP_PATH } from '@meshway/plugin-meshed-service-common';
import { aFolder } from './__testUtils__/aPlace';
import { startPortal } from './__testUtils__/aPortal';
import { aRequest } from './__testUtils__/aService';
import { failingGit } from './__testUtils__/failingGit';
import {
  ReadRepository,
  repositoriesIn,
  withoutCreation,
} from './__testUtils__/repositories';

// A portal starts for each test; a busy machine takes its time.
jest.setTimeout(300_000);

describe('the template in a real scaffolder', () => {
  const stops: Array<() => Promise<void>> = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  async function aPortal(options: { hidesShowSteps?: boolean } = {}) {
    const folder = aFolder();
    const repositories = path.join(folder, 'repositories');
    const workspaces = path.join(folder, 'workspaces');
    mkdirSync(workspaces);
    const portal = await startPortal({ ...options, repositories, workspaces });
    stops.push(() => portal.stop());
    return { ...portal, repositories };
  }

  it('makes a repository, and answers "unchanged" to the same request', async () => {
    const portal = await aPortal();

    const first = await portal.ask(aRequest());
    const made = repositoriesIn(portal.repositories);
    const again = await portal.ask(aRequest());

    expect(first).toMatchObject({
      status: 'completed',
      steps: {
        parse: 'completed',
        admit: 'completed',
        plan: 'completed',
        apply: 'completed',
      },
      output: {
        links: [
          { entityRef: 'component:default/cart' },
          { url: expect.stringContaining('/forge/cart/tree/main') },
        ],
        text: [
          { content: expect.stringContaining('Created **local/cart/cart**') },
        ],
      },
    });
    expect(again).toMatchObject({
      status: 'completed',
      output: { text: [{ content: expect.stringContaining('is unchanged') }] },
    });
    expect(repositoriesIn(portal.repositories)).toEqual(made);
    expect(made.cart.log).toEqual([
      expect.stringMatching(/^Ada Lovelace <ada@example\.com> /),
    ]);
    expect(readStamp(made.cart.files[STAMP_PATH]).status).toMatchObject({
      template: { ref: 'template:default/meshed-service', version: '1.1.0' },
      created: { by: 'user:default/ada', task: first.id },
    });
  });

  it.each([
    ['claiming the name', 'commit-tree', 1],
    ['making the repository', 'init', 2],
    ['moving its branch', 'update-ref', 2],
  ])(
    'ends after a forge that failed while %s, and a retry, where an undisturbed run ends',
    async (_, verb, nth) => {
      const disturbed = await aPortal();
      const undisturbed = await aPortal();
      const git = failingGit(aFolder());
      try {
        git.fail(verb, nth);
        const failed = await disturbed.ask(aRequest());
        const between = repositoriesIn(disturbed.repositories);
        const retried = await disturbed.retry(failed.id);
        await undisturbed.ask(aRequest());

        expect(failed).toMatchObject({
          status: 'failed',
          steps: { plan: 'completed', apply: 'failed' },
        });
        expect(between).not.toHaveProperty('cart');
        expect(retried).toMatchObject({ status: 'completed', id: failed.id });
        const done = repositoriesIn(disturbed.repositories);
        expect(withoutCreation(done)).toEqual(
          withoutCreation(repositoriesIn(undisturbed.repositories)),
        );
        expect(createdAt(done)).toBeLessThan(retried.startedAt);
      } finally {
        git.restore();
      }
    },
  );

  it.each([
    [
      'a hidden or undeclared parameter',
      { admin: true },
      /admin: is not a field of a meshed service/,
    ],
    [
      'an undeclared field deep inside',
      { workload: { image: 'cart', privileged: true } },
      /workload\.privileged: is not a field/,
    ],
    [
      "another team's name as owner",
      { owner: 'group:default/ledger' },
      /user:default\/ada may not ask for a service of group:default\/ledger/,
    ],
    [
      'a reserved name',
      { name: 'kube-cart' },
      /name: "kube-cart" is reserved for Kubernetes/,
    ],
    [
      'a default that may not be',
      { delivery: { project: 'default' } },
      /delivery\.project: must not be "default"/,
    ],
  ])(
    'refuses %s that the API is sent, and leaves nothing',
    async (_, wrong, words) => {
      const portal = await aPortal();

      const task = await portal.ask(aRequest(wrong));

      expect(task.status).toBe('failed');
      expect(task.log).toMatch(words);
      expect(task.log).not.toMatch(/\n\s+at /);
      expect(repositoriesIn(portal.repositories)).toEqual({});
    },
  );

  it.each([
    ['port 0', { ports: [{ name: 'http', port: 0, protocol: 'HTTP/1' }] }],
    [
      'a wildcard client',
      { clients: [{ namespace: 'shop', serviceAccount: '*' }] },
    ],
    ['a name with a newline', { name: 'cart\nadmin: true' }],
    ['a name that is too long', { name: 'c'.repeat(64) }],
  ])('turns away %s before a task is made', async (_, wrong) => {
    const portal = await aPortal();

    await portal.send(aRequest(wrong)).expect(400);

    expect(repositoriesIn(portal.repositories)).toEqual({});
  });

  it('reads and admits also when a policy hides every step but the write', async () => {
    const portal = await aPortal({ hidesShowSteps: true });

    const refused = await portal.ask(aRequest({ name: 'kube-cart' }));
    const done = await portal.ask(aRequest());

    expect(refused.status).toBe('failed');
    expect(refused.log).toMatch(/is reserved for Kubernetes/);
    expect(done).toMatchObject({
      status: 'completed',
      steps: { apply: 'completed' },
    });
    expect(Object.keys(done.steps)).toEqual(['apply', 'verify']);
    expect(done.log).toMatch(/guardrails/);
  });
});

/** When the stamp says that the service was asked for. */
function createdAt({ cart }: Record<string, ReadRepository>): number {
  return Date.parse(readStamp(cart.files[STAMP_PATH]).status.created.at);
}
