import { existsSync } from 'node:fs';
import { mockCredentials } from '@backstage/backend-test-utils';
import { aPackThatRefuses } from '../__testUtils__/aPack';
import { aFolder } from '../__testUtils__/aPlace';
import { aRequest } from '../__testUtils__/aService';
import { aStep } from '../__testUtils__/aStep';
import { repositoriesIn } from '../__testUtils__/repositories';

jest.setTimeout(300_000);

const id = 'meshedService:repository:publish';

describe('meshedService:repository:publish', () => {
  const places: string[] = [];
  beforeEach(() => places.unshift(`${aFolder()}/repositories`));

  it('publishes as the user, asks for the requested owner, and tells the catalog', async () => {
    const [repositories] = places;

    const run = await aStep({ repositories }).run(id, { service: aRequest() });

    const { cart } = repositoriesIn(repositories);
    expect(run.output).toEqual({
      service: 'local/cart/cart',
      entityRef: 'component:default/cart',
      outcome: 'created',
      repository: 'cart',
      repositoryUrl: 'http://localhost:3000/forge/cart/tree/main',
      cloneUrl: expect.stringMatching(/repositories\/cart\.git$/),
      branch: 'main',
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      changeId: '',
      changeUrl: '',
      receipt: expect.stringMatching(
        /^Created \*\*local\/cart\/cart\*\*: \d+ files that Meshway manages, \d+ that the team owns\./,
      ),
    });
    expect(cart.log).toEqual([
      expect.stringMatching(/^Ada Lovelace <ada@example\.com> Create cart/),
    ]);
    expect(run.asked).toMatchObject([
      {
        permission: { name: 'meshed-service.create' },
        resourceRef: 'owner:group:default/shop',
      },
    ]);
    expect(run.events).toEqual([
      {
        topic: expect.any(String),
        eventPayload: { service: 'local/cart/cart', repository: 'cart' },
      },
    ]);
  });

  it('keeps a checkpoint for each service, without a secret', async () => {
    const [repositories] = places;

    const run = await aStep({ repositories }).run(id, {
      service: aRequest(),
      token: 'a-very-secret-token',
    });

    expect(run.checkpoints).toEqual({
      'created:local/cart/cart': {
        by: 'user:default/ada',
        at: expect.stringMatching(/^\d{4}-.*Z$/),
        task: 'task-1',
      },
      'publish:local/cart/cart': run.output,
    });
    expect(JSON.stringify([run, repositoriesIn(repositories)])).not.toContain(
      'a-very-secret-token',
    );
  });

  it('refuses a user who may not, a task without a user, and a template without a version', async () => {
    const [repositories] = places;
    const service = aRequest();
    const refused = aStep({
      repositories,
      refuses: ['owner:group:default/shop'],
    });
    const step = aStep({ repositories });

    await expect(refused.run(id, { service })).rejects.toThrow(
      'owner: user:default/ada may not ask for a service of group:default/shop',
    );
    await expect(
      step.run(
        id,
        { service },
        { credentials: mockCredentials.service() as never },
      ),
    ).rejects.toThrow('this task was started by none');
    await expect(
      step.run(id, { service }, { withoutTemplate: true }),
    ).rejects.toThrow(
      'The template has no annotation backstage.io/template-version',
    );
    expect(repositoriesIn(repositories)).toEqual({});
  });

  it('writes nothing that a guardrail refuses, nor without guardrails', async () => {
    const [repositories] = places;
    const pack = aPackThatRefuses(`${repositories}-pack`);
    const service = aRequest();

    await expect(
      aStep({ repositories, pack }).run(id, { service }),
    ).rejects.toThrow('MSG900');
    await expect(
      aStep({ repositories, pack: `${pack}/none` }).run(id, { service }),
    ).rejects.toThrow(/guardrail/i);
    expect(repositoriesIn(repositories)).toEqual({});
  });

  it('stops when the task is cancelled', async () => {
    const [repositories] = places;

    await expect(
      aStep({ repositories }).run(
        id,
        { service: aRequest() },
        { signal: AbortSignal.abort() },
      ),
    ).rejects.toThrow(/abort/i);
    expect(repositoriesIn(repositories)).toEqual({});
  });

  it('signs with the reference of a user whom the catalog does not know', async () => {
    const [repositories] = places;

    await aStep({ repositories }).run(
      id,
      { service: aRequest() },
      { credentials: mockCredentials.user('user:default/grace') },
    );

    expect(repositoriesIn(repositories).cart.log).toEqual([
      expect.stringMatching(/^user:default\/grace <grace@default\.invalid> /),
    ]);
  });

  it('asks nobody and writes nothing in a dry run', async () => {
    const [repositories] = places;

    const run = await aStep({ repositories }).run(
      id,
      { service: aRequest() },
      { isDryRun: true },
    );

    expect(run).toMatchObject({
      output: { outcome: 'notWritten', commit: '', repository: 'cart' },
      asked: [],
      events: [],
      checkpoints: {},
    });
    expect(existsSync(repositories)).toBe(false);
  });

  it('names the holder of a name that is taken, and the way to change what is there', async () => {
    const [repositories] = places;
    await aStep({ repositories }).run(id, { service: aRequest() });
    const before = repositoriesIn(repositories);

    await expect(
      aStep({ repositories }).run(id, {
        service: aRequest({ owner: 'group:default/ledger' }),
      }),
    ).rejects.toThrow(/group:default\/shop/);
    await expect(
      aStep({ repositories }).run(id, {
        service: aRequest({ phase: 'enforce' }),
      }),
    ).rejects.toThrow(/phase.*meshedService:change:propose/s);
    expect(repositoriesIn(repositories)).toEqual(before);
  });
});
