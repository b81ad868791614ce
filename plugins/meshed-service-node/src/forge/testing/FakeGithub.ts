import { http, HttpResponse, type DefaultBodyType, type PathParams } from 'msw';
import { createHash } from 'node:crypto';

type TreeEntry = {
  path: string;
  mode: string;
  type: string;
  sha: string;
  size: number;
};
type StoredCommit = {
  tree: string;
  parents: string[];
  message: string;
  author: object;
};
type Pull = {
  number: number;
  title: string;
  body: string;
  head: string;
  base: string;
  state: 'open' | 'closed';
  merged?: string;
};
type Repository = {
  name: string;
  defaultBranch: string;
  blobs: Map<string, Buffer>;
  trees: Map<string, TreeEntry[]>;
  commits: Map<string, StoredCommit>;
  branches: Map<string, string>;
  pulls: Pull[];
};
type Call = { params: PathParams; body: Record<string, never>; url: URL };
type Answer = {
  status: number;
  body?: DefaultBodyType;
  headers?: Record<string, string>;
};

const ok = (body: DefaultBodyType, status = 200): Answer => ({ status, body });
const no = (status: number, message: string): Answer => ({
  status,
  body: { message },
});

/**
 * As much of GitHub's REST API as the forge uses, in memory, with the rules that matter: an empty repository takes no
 * objects, a branch moves forward only, a name is given once. Answers come at the wire, so the client is the real one.
 */
export class FakeGithub {
  static readonly api = 'https://api.github.test';
  readonly repositories = new Map<string, Repository>();
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
        this.putFile(repository, call),
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
        this.move(repository, call),
      ),
      this.in('get', `${repo}/git/commits/:sha`, (repository, { params }) => {
        const commit = repository.commits.get(String(params.sha));
        return commit
          ? ok({ tree: { sha: commit.tree }, message: commit.message })
          : no(404, 'Not Found');
      }),
      this.in('post', `${repo}/git/commits`, (repository, { body }) =>
        ok({ sha: this.keepCommit(repository, body) }, 201),
      ),
      this.in('get', `${repo}/git/trees/:sha`, (repository, { params }) => {
        const commit = repository.commits.get(String(params.sha));
        const tree = repository.trees.get(commit?.tree ?? '');
        return tree ? ok({ tree, truncated: false }) : no(404, 'Not Found');
      }),
      this.in('post', `${repo}/git/trees`, (repository, { body }) =>
        this.putTree(repository, body),
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
            .map(pull => this.shownPull(repository, pull)),
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
        return ok(this.shownPull(repository, pull), 201);
      }),
      this.pull('get', '', (repository, pull) =>
        ok(this.shownPull(repository, pull)),
      ),
      this.pull('patch', '', (repository, pull, { body }) => {
        pull.title = body.title;
        pull.body = body.body;
        return ok(this.shownPull(repository, pull));
      }),
      this.pull('put', '/merge', (repository, pull) =>
        this.merge(repository, pull),
      ),
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
  addRepository(name: string): Repository {
    const repository: Repository = {
      name,
      defaultBranch: 'main',
      blobs: new Map(),
      trees: new Map(),
      commits: new Map(),
      branches: new Map(),
      pulls: [],
    };
    this.repositories.set(name, repository);
    return repository;
  }

  private shown(repository: Repository) {
    return { name: repository.name, default_branch: repository.defaultBranch };
  }

  private putFile(repository: Repository, { params, body }: Call): Answer {
    const branch = String(body.branch);
    if (repository.branches.has(branch))
      return no(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
    const sha = this.keepBlob(
      repository,
      Buffer.from(String(body.content), 'base64'),
    );
    const tree = this.keepTree(repository, [
      { path: String(params.path), mode: '100644', type: 'blob', sha, size: 0 },
    ]);
    repository.branches.set(
      branch,
      this.keepCommit(repository, {
        tree,
        parents: [],
        message: body.message,
        author: {},
      }),
    );
    return ok({}, 201);
  }

  private putTree(
    repository: Repository,
    body: { tree?: Array<TreeEntry & { content?: string }> },
  ): Answer {
    if (repository.branches.size === 0)
      return no(409, 'Git Repository is empty.');
    const entries = (body.tree ?? []).map(
      ({ path, mode, type, sha, content }) => {
        const id =
          content === undefined
            ? sha
            : this.keepBlob(repository, Buffer.from(content));
        return {
          path,
          mode,
          type,
          sha: id,
          size: repository.blobs.get(id)?.length ?? 0,
        };
      },
    );
    return ok({ sha: this.keepTree(repository, entries) }, 201);
  }

  private move(repository: Repository, call: Call): Answer {
    const branch = branchOf(call, '/git/refs/heads/');
    const from = repository.branches.get(branch);
    const to = String(call.body.sha);
    if (!from) return no(422, 'Reference does not exist');
    if (!this.ancestors(repository, to).has(from))
      return no(422, 'Update is not a fast forward');
    repository.branches.set(branch, to);
    return ok({});
  }

  private merge(repository: Repository, pull: Pull): Answer {
    const ours = repository.branches.get(pull.base) ?? '';
    const theirs = repository.branches.get(pull.head) ?? '';
    const ancestors = this.ancestors(repository, theirs);
    const base =
      [...this.ancestors(repository, ours)].find(commit =>
        ancestors.has(commit),
      ) ?? '';
    const files = (commit: string) =>
      new Map(
        repository.trees
          .get(repository.commits.get(commit)?.tree ?? '')
          ?.map(entry => [entry.path, entry]),
      );
    const [was, mine, wanted] = [files(base), files(ours), files(theirs)];
    for (const path of new Set([...was.keys(), ...wanted.keys()])) {
      const [a, b, c] = [was, mine, wanted].map(tree => tree.get(path)?.sha);
      if (c === a || c === b) continue;
      if (b !== a) return no(405, 'Pull Request is not mergeable');
      const entry = wanted.get(path);
      if (entry) mine.set(path, entry);
      else mine.delete(path);
    }
    const tree = this.keepTree(repository, [...mine.values()]);
    const sha = this.keepCommit(repository, {
      tree,
      parents: [ours, theirs],
      message: 'Merge',
      author: {},
    });
    repository.branches.set(pull.base, sha);
    pull.state = 'closed';
    pull.merged = sha;
    return ok({ sha });
  }

  private shownPull(repository: Repository, pull: Pull) {
    return {
      number: pull.number,
      title: pull.title,
      body: pull.body,
      state: pull.state,
      merged: pull.merged !== undefined,
      merged_at: pull.merged ? '2026-11-21T10:00:00Z' : null,
      merge_commit_sha: pull.merged ?? null,
      html_url: `https://github.test/acme/${repository.name}/pull/${pull.number}`,
      user: { login: 'bob' },
      head: {
        ref: pull.head,
        sha: repository.branches.get(pull.head),
        repo: { name: repository.name },
      },
    };
  }

  private ancestors(repository: Repository, commit: string): Set<string> {
    const seen = new Set<string>();
    const next = [commit];
    for (let id = next.shift(); id; id = next.shift()) {
      if (seen.has(id)) continue;
      seen.add(id);
      next.push(...(repository.commits.get(id)?.parents ?? []));
    }
    return seen;
  }

  private keepBlob(repository: Repository, content: Buffer): string {
    const sha = idOf(content);
    repository.blobs.set(sha, content);
    return sha;
  }

  private keepTree(repository: Repository, entries: TreeEntry[]): string {
    const sorted = [...entries].sort((a, b) => (a.path < b.path ? -1 : 1));
    const sha = idOf(JSON.stringify(sorted));
    repository.trees.set(sha, sorted);
    return sha;
  }

  private keepCommit(repository: Repository, commit: StoredCommit): string {
    const { tree, parents, message, author } = commit;
    const sha = idOf(
      JSON.stringify([tree, parents, message, author, repository.commits.size]),
    );
    repository.commits.set(sha, { tree, parents, message, author });
    return sha;
  }

  private in(
    method: 'get' | 'post' | 'put' | 'patch',
    path: string,
    answer: (repository: Repository, call: Call) => Answer,
  ) {
    return this.on(method, path, call => {
      const repository = this.repositories.get(String(call.params.repo));
      return repository ? answer(repository, call) : no(404, 'Not Found');
    });
  }

  private pull(
    method: 'get' | 'put' | 'patch',
    path: string,
    answer: (repository: Repository, pull: Pull, call: Call) => Answer,
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

function emptyOr(repository: Repository, answer: Answer): Answer {
  return repository.branches.size === 0
    ? no(409, 'Git Repository is empty.')
    : answer;
}

function branchOf({ url }: Call, before: string): string {
  const path = decodeURIComponent(url.pathname);
  return path.slice(path.indexOf(before) + before.length);
}

function idOf(content: string | Buffer): string {
  return createHash('sha1').update(content).digest('hex');
}
