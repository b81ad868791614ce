import { http, HttpResponse, type PathParams } from 'msw';
import {
  Answer,
  Body,
  FakeRepository,
  no,
  ok,
  Pull,
  StoredCommit,
} from './FakeRepository';

type Call = { params: PathParams; body: Body & StoredCommit; url: URL };

/**
 * As much of GitHub's REST API as the forge uses, in memory, with the rules that matter: an empty repository takes no
 * objects, a branch moves forward only, a name is given once. Answers come at the wire, so the client is the real one.
 */
export class FakeGithub {
  static readonly api = 'https://api.github.test';
  readonly repositories = new Map<string, FakeRepository>();
  /** `<method> <path>` of every request. */
  readonly requests: string[] = [];
  readonly tokens = new Set<string>();
  /** Looks at a request before it is answered, and may answer itself. `after`: once it has taken effect. */
  interrupt:
    | ((
        request: string,
        count: number,
      ) => Answer | 'break' | 'breakAfter' | undefined)
    | undefined;
  ownerType = 'Organization';

  get handlers() {
    const repo = '/repos/:owner/:repo';
    return [
      this.on('get', '/users/:name', () => ok({ type: this.ownerType })),
      this.on('get', '/orgs/:org/repos', () => ok(this.listed())),
      this.on('get', '/user/repos', () => ok(this.listed())),
      this.on('post', '/orgs/:org/repos', call => this.make(call)),
      this.on('post', '/user/repos', call => this.make(call)),
      this.in('get', repo, repository => ok(this.shown(repository))),
      this.in('patch', repo, (repository, { body }) => {
        repository.defaultBranch =
          body.default_branch ?? repository.defaultBranch;
        return ok(this.shown(repository));
      }),
      this.in('get', `${repo}/branches`, repository =>
        ok([...repository.branches.keys()].map(name => ({ name }))),
      ),
      this.in('put', `${repo}/contents/:path`, (repository, call) =>
        repository.putFirstFile(String(call.params.path), call.body),
      ),
      this.in('get', `${repo}/git/ref/*`, (repository, call) => {
        const sha = repository.branches.get(branchOf(call, '/git/ref/heads/'));
        return sha
          ? ok({ object: { sha } })
          : emptyOr(repository, no(404, 'Not Found'));
      }),
      this.in('post', `${repo}/git/refs`, (repository, { body }) => {
        const branch = String(body.ref).replace('refs/heads/', '');
        if (repository.branches.has(branch))
          return no(422, 'Reference already exists');
        repository.branches.set(branch, body.sha);
        return ok({}, 201);
      }),
      this.in('patch', `${repo}/git/refs/*`, (repository, call) =>
        repository.move(branchOf(call, '/git/refs/heads/'), call.body.sha),
      ),
      this.in('get', `${repo}/git/commits/:sha`, (repository, { params }) => {
        const commit = repository.commits.get(String(params.sha));
        return commit
          ? ok({ tree: { sha: commit.tree }, message: commit.message })
          : no(404, 'Not Found');
      }),
      this.in('post', `${repo}/git/commits`, (repository, { body }) =>
        ok({ sha: repository.keepCommit(body) }, 201),
      ),
      this.in('get', `${repo}/git/trees/:sha`, (repository, { params }) => {
        const commit = repository.commits.get(String(params.sha));
        const tree = repository.trees.get(commit?.tree ?? '');
        return tree ? ok({ tree, truncated: false }) : no(404, 'Not Found');
      }),
      this.in('post', `${repo}/git/trees`, (repository, { body }) =>
        repository.putTree(body),
      ),
      this.in('get', `${repo}/git/blobs/:sha`, (repository, { params }) => {
        const blob = repository.blobs.get(String(params.sha));
        return blob
          ? ok({ content: blob.toString('base64') })
          : no(404, 'Not Found');
      }),
      this.in('get', `${repo}/pulls`, (repository, { url }) =>
        ok(
          repository.pulls
            .filter(
              ({ state }) =>
                url.searchParams.get('state') === 'all' || state === 'open',
            )
            .map(pull => repository.shownPull(pull)),
        ),
      ),
      this.in('post', `${repo}/pulls`, (repository, { body }) => {
        if (
          repository.pulls.some(
            ({ head, state }) => state === 'open' && head === body.head,
          )
        )
          return no(422, 'A pull request already exists');
        const { title, head, base } = body;
        const pull: Pull = {
          number: repository.pulls.length + 1,
          title,
          body: body.body,
          head,
          base,
          state: 'open',
        };
        repository.pulls.push(pull);
        return ok(repository.shownPull(pull), 201);
      }),
      this.pull('get', '', (repository, pull) =>
        ok(repository.shownPull(pull)),
      ),
      this.pull('patch', '', (repository, pull, { body }) => {
        pull.title = body.title;
        pull.body = body.body;
        return ok(repository.shownPull(pull));
      }),
      this.pull('put', '/merge', (repository, pull) => repository.merge(pull)),
    ];
  }

  private listed() {
    return [...this.repositories.keys()].map(name => ({ name }));
  }

  private make({ body }: Call): Answer {
    if (this.repositories.has(body.name))
      return no(
        422,
        'Repository creation failed.: name already exists on this account',
      );
    this.addRepository(body.name);
    return ok({}, 201);
  }

  /** A repository as it is right after it was made. */
  addRepository(name: string): FakeRepository {
    const repository = new FakeRepository(name);
    this.repositories.set(name, repository);
    return repository;
  }

  private shown(repository: FakeRepository) {
    return { name: repository.name, default_branch: repository.defaultBranch };
  }

  private in(
    method: 'get' | 'post' | 'put' | 'patch',
    path: string,
    answer: (repository: FakeRepository, call: Call) => Answer,
  ) {
    return this.on(method, path, call => {
      const repository = this.repositories.get(String(call.params.repo));
      return repository ? answer(repository, call) : no(404, 'Not Found');
    });
  }

  private pull(
    method: 'get' | 'put' | 'patch',
    path: string,
    answer: (repository: FakeRepository, pull: Pull, call: Call) => Answer,
  ) {
    return this.in(
      method,
      `/repos/:owner/:repo/pulls/:number${path}`,
      (repository, call) => {
        const pull = repository.pulls.find(
          ({ number }) => number === Number(call.params.number),
        );
        return pull ? answer(repository, pull, call) : no(404, 'Not Found');
      },
    );
  }

  private on(
    method: 'get' | 'post' | 'put' | 'patch',
    path: string,
    answer: (call: Call) => Answer,
  ) {
    return http[method](
      `${FakeGithub.api}${path}`,
      async ({ request, params }) => {
        const url = new URL(request.url);
        const name = `${request.method} ${url.pathname}`;
        this.requests.push(name);
        this.tokens.add(request.headers.get('authorization') ?? '');
        const interrupted = this.interrupt?.(name, this.requests.length);
        if (interrupted === 'break') return HttpResponse.error();
        if (typeof interrupted === 'object') return respond(interrupted);
        const text = await request.text();
        const done = answer({
          params,
          url,
          body: text ? JSON.parse(text) : {},
        });
        return interrupted === 'breakAfter'
          ? HttpResponse.error()
          : respond(done);
      },
    );
  }
}

function respond({ status, body, headers }: Answer) {
  return HttpResponse.json(body ?? null, { status, headers });
}

function emptyOr(repository: FakeRepository, answer: Answer): Answer {
  return repository.branches.size === 0
    ? no(409, 'Git Repository is empty.')
    : answer;
}

function branchOf({ url }: Call, before: string): string {
  const path = decodeURIComponent(url.pathname);
  return path.slice(path.indexOf(before) + before.length);
}
