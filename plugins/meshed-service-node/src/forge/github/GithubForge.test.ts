import { ConfigReader } from '@backstage/config';
import { setupServer } from 'msw/node';
import { FakeGithub } from '../__testUtils__/FakeGithub';
import { itKeepsTheForgeContract } from '../__testUtils__/forgeContract';
import { GithubForge } from './GithubForge';

// How long it takes is the machine's business.
jest.setTimeout(300_000);

const token = 'ghp_verySecretToken';
const ada = { name: 'Ada', email: 'ada@acme.example' };

describe('GithubForge', () => {
  let github: FakeGithub;
  let forge: GithubForge;
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterAll(() => server.close());
  beforeEach(() => {
    github = new FakeGithub();
    server.resetHandlers(...github.handlers);
    forge = GithubForge.fromConfig(
      new ConfigReader({
        integrations: {
          github: [{ host: 'github.test', apiBaseUrl: FakeGithub.api, token }],
        },
      }),
      { host: 'github.test', owner: 'acme' },
    );
  });

  const newForge = async () => forge;
  itKeepsTheForgeContract(newForge);

  const create = () =>
    forge.create('payments', new Map([['a', '1']]), {
      message: 'Create payments',
      author: ada,
    });
  /** What was thrown, with everything in it, in case a token hides there. */
  const refusal = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      error => {
        const all = JSON.stringify(error, Object.getOwnPropertyNames(error));
        return all.includes(token)
          ? 'the token has leaked'
          : `${error.name}: ${error.message}`;
      },
    );

  it('makes repositories in the account of a user, too', async () => {
    github.ownerType = 'User';
    await create();
    expect(github.requests).toContain('POST /user/repos');
    expect(await forge.listRepositories()).toEqual(['payments']);
  });

  it("writes with the user's own token when there is one", async () => {
    await forge
      .actingWith('gho_ada')
      .create('payments', new Map([['a', '1']]), {
        message: 'Create',
        author: ada,
      });
    expect([...github.tokens]).toEqual(['token gho_ada']);
  });

  it('says where files are shown', () => {
    expect(forge.addressOf('payments')).toEqual({
      html: 'https://github.test/acme/payments',
      clone: 'https://github.test/acme/payments.git',
    });
    expect(forge.sourceUrl('payments', 'main', 'docs/index.md')).toBe(
      'https://github.test/acme/payments/tree/main/docs/index.md',
    );
  });

  it('fills a repository that an interrupted run has made, wherever it was interrupted', async () => {
    const undisturbed = github;
    await create();
    const calls = undisturbed.requests.length;
    for (let call = 1; call <= calls; call++) {
      for (const how of ['break', 'breakAfter'] as const) {
        github = new FakeGithub();
        server.resetHandlers(...github.handlers);
        // A read is repeated by itself: only breaking for good breaks the run.
        let broken: string | undefined;
        github.interrupt = (request, count) => {
          if (count === call) broken = request;
          return broken === request ? how : undefined;
        };
        const said = await refusal(create());
        github.interrupt = undefined;
        const again = await refusal(create());
        const tookEffect = said !== 'done' && again !== 'done';
        // Only when the very last write took effect does the repeat find the name taken: by what it wanted.
        expect(again).toMatch(
          tookEffect ? /^ConflictError: Repository payments exists/ : /^done$/,
        );
        expect((await forge.read('payments'))?.files).toEqual(
          new Map([['a', '1']]),
        );
        expect(said).toMatch(
          /^ServiceUnavailableError: GitHub could not be reached while /,
        );
      }
    }
  });

  it('fills a repository that was made by hand and never written to', async () => {
    github.addRepository('payments');
    expect(await forge.read('payments')).toBeUndefined();
    await create();
    expect((await forge.read('payments'))?.files).toEqual(
      new Map([['a', '1']]),
    );
  });

  it('repeats a read when the line breaks, and never a write', async () => {
    await create();
    let left = 2;
    github.interrupt = () => (left-- > 0 ? 'break' : undefined);
    expect((await forge.read('payments'))?.files).toEqual(
      new Map([['a', '1']]),
    );

    const { commit } = (await forge.read('payments')) ?? { commit: '' };
    github.requests.length = 0;
    github.interrupt = request =>
      request.startsWith('PATCH') ? 'break' : undefined;
    await refusal(
      forge.commit('payments', new Map([['a', '2']]), {
        message: 'x',
        author: ada,
        expected: commit,
      }),
    );
    expect(
      github.requests.filter(request => request.startsWith('PATCH')),
    ).toHaveLength(1);
  });

  it.each([
    [
      'credentials that are refused',
      { status: 401, body: { message: 'Bad credentials' } },
      /^ServiceUnavailableError: GitHub refused the credentials while looking for repository payments; sign in/,
    ],
    [
      'a missing permission',
      { status: 403, body: { message: `Resource not accessible by ${token}` } },
      /^NotAllowedError: GitHub refused looking for repository payments \(403: Resource not accessible by …\); the credentials need/,
    ],
    [
      'the primary rate limit',
      {
        status: 403,
        body: { message: 'API rate limit exceeded' },
        headers: { 'x-ratelimit-remaining': '0' },
      },
      /^ServiceUnavailableError: GitHub's rate limit was reached while .*; repeat later$/,
    ],
    [
      'the secondary rate limit',
      {
        status: 403,
        body: { message: 'secondary rate limit' },
        headers: { 'retry-after': '60' },
      },
      /; repeat in 60 seconds$/,
    ],
    [
      'too many requests',
      {
        status: 429,
        body: { message: 'Too many' },
        headers: { 'retry-after': '7' },
      },
      /^ServiceUnavailableError: .*repeat in 7 seconds$/,
    ],
    [
      'a broken server',
      { status: 502, body: { message: 'Bad gateway' } },
      /^ServiceUnavailableError: GitHub could not be reached while looking for repository payments \(502\); repeat later$/,
    ],
  ])('says what to do about %s', async (_, answer, message) => {
    github.interrupt = () => answer;
    expect(await refusal(forge.read('payments'))).toMatch(message);
  });

  it.each([
    [
      'is protected',
      'PATCH',
      'Changes must be made through a pull request.',
      /^NotAllowedError: GitHub refused moving branch main of payments \(422: Changes must be made through a pull request\.\)\. Let the credentials bypass the rules of that branch/,
    ],
    [
      'has been moved by somebody faster',
      'PATCH',
      'Update is not a fast forward',
      /^ConflictError: payments: the branch has moved on since it was read/,
    ],
  ])(
    'says why a commit is refused by a branch that %s',
    async (_, method, message, said) => {
      const { commit } = await create();
      github.interrupt = request =>
        request.startsWith(method)
          ? { status: 422, body: { message } }
          : undefined;
      const work = forge.commit('payments', new Map([['a', '2']]), {
        message: 'x',
        author: ada,
        expected: commit,
      });
      expect(await refusal(work)).toMatch(said);
      github.interrupt = undefined;
      expect((await forge.read('payments'))?.commit).toBe(commit);
    },
  );

  it('names the setting when there are no credentials, or no integration', async () => {
    const bare = GithubForge.fromConfig(
      new ConfigReader({
        integrations: {
          github: [{ host: 'github.test', apiBaseUrl: FakeGithub.api }],
        },
      }),
      { host: 'github.test', owner: 'acme' },
    );
    expect(await refusal(bare.read('payments'))).toMatch(
      /^ServiceUnavailableError: There are no credentials for github\.test\/acme; add a token or an app under integrations\.github$/,
    );
    expect(() =>
      GithubForge.fromConfig(new ConfigReader({}), {
        host: 'ghe.acme.example',
        owner: 'acme',
      }),
    ).toThrow(
      'meshedService.forge.github.host: no entry of integrations.github is about ghe.acme.example; add one',
    );
  });

  it('stops when it is told to', async () => {
    expect(
      await refusal(forge.read('payments', { signal: AbortSignal.abort() })),
    ).toMatch(/^AbortError/);
    expect(github.requests).toEqual([]);
  });
});
