import type { DefaultBodyType } from 'msw';
import { createHash } from 'node:crypto';

type TreeEntry = {
  path: string;
  mode: string;
  type: string;
  sha: string;
  size: number;
};
export type StoredCommit = {
  tree: string;
  parents: string[];
  message: string;
  author: object;
};
export type Pull = {
  number: number;
  title: string;
  body: string;
  head: string;
  base: string;
  state: 'open' | 'closed';
  merged?: string;
};
/** Every field that a request of the forge may hold; the fake trusts its one client. */
export type Body = {
  name: string;
  default_branch?: string;
  ref: string;
  sha: string;
  branch: string;
  content: string;
  title: string;
  body: string;
  head: string;
  base: string;
  tree: Array<TreeEntry & { content?: string }>;
};
export type Answer = {
  status: number;
  body?: DefaultBodyType;
  headers?: Record<string, string>;
};

export const ok = (body: DefaultBodyType, status = 200): Answer => ({
  status,
  body,
});
export const no = (status: number, message: string): Answer => ({
  status,
  body: { message },
});

/** A repository on the fake GitHub: git's objects in memory, and the rules by which GitHub takes them. */
export class FakeRepository {
  defaultBranch = 'main';
  readonly blobs = new Map<string, Buffer>();
  readonly trees = new Map<string, TreeEntry[]>();
  readonly commits = new Map<string, StoredCommit>();
  readonly branches = new Map<string, string>();
  readonly pulls: Pull[] = [];

  constructor(readonly name: string) {}

  putFirstFile(
    path: string,
    { branch, content, message }: Body & StoredCommit,
  ): Answer {
    if (this.branches.has(branch))
      return no(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
    const sha = this.keepBlob(Buffer.from(content, 'base64'));
    const tree = this.keepTree([
      { path, mode: '100644', type: 'blob', sha, size: 0 },
    ]);
    this.branches.set(
      branch,
      this.keepCommit({
        tree,
        parents: [],
        message,
        author: {},
      }),
    );
    return ok({}, 201);
  }

  putTree({ tree: wanted }: Body): Answer {
    if (this.branches.size === 0) return no(409, 'Git Repository is empty.');
    const entries = wanted.map(({ path, mode, type, sha, content }) => {
      const id =
        content === undefined ? sha : this.keepBlob(Buffer.from(content));
      return {
        path,
        mode,
        type,
        sha: id,
        size: this.blobs.get(id)?.length ?? 0,
      };
    });
    return ok({ sha: this.keepTree(entries) }, 201);
  }

  move(branch: string, to: string): Answer {
    const from = this.branches.get(branch);
    if (!from) return no(422, 'Reference does not exist');
    if (!this.ancestors(to).has(from))
      return no(422, 'Update is not a fast forward');
    this.branches.set(branch, to);
    return ok({});
  }

  merge(pull: Pull): Answer {
    const ours = this.branches.get(pull.base) ?? '';
    const theirs = this.branches.get(pull.head) ?? '';
    const ancestors = this.ancestors(theirs);
    const base =
      [...this.ancestors(ours)].find(commit => ancestors.has(commit)) ?? '';
    const files = (commit: string) =>
      new Map(
        this.trees
          .get(this.commits.get(commit)?.tree ?? '')
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
    const tree = this.keepTree([...mine.values()]);
    const sha = this.keepCommit({
      tree,
      parents: [ours, theirs],
      message: 'Merge',
      author: {},
    });
    this.branches.set(pull.base, sha);
    pull.state = 'closed';
    pull.merged = sha;
    return ok({ sha });
  }

  ancestors(commit: string): Set<string> {
    const seen = new Set<string>();
    const next = [commit];
    for (let id = next.shift(); id; id = next.shift()) {
      if (seen.has(id)) continue;
      seen.add(id);
      next.push(...(this.commits.get(id)?.parents ?? []));
    }
    return seen;
  }

  keepBlob(content: Buffer): string {
    const sha = idOf(content);
    this.blobs.set(sha, content);
    return sha;
  }

  keepTree(entries: TreeEntry[]): string {
    const sorted = [...entries].sort((a, b) => (a.path < b.path ? -1 : 1));
    const sha = idOf(JSON.stringify(sorted));
    this.trees.set(sha, sorted);
    return sha;
  }

  keepCommit(commit: StoredCommit): string {
    const { tree, parents, message, author } = commit;
    const sha = idOf(
      JSON.stringify([tree, parents, message, author, this.commits.size]),
    );
    this.commits.set(sha, { tree, parents, message, author });
    return sha;
  }

  shownPull(pull: Pull) {
    return {
      number: pull.number,
      title: pull.title,
      body: pull.body,
      state: pull.state,
      merged: pull.merged !== undefined,
      merged_at: pull.merged ? '2026-11-21T10:00:00Z' : null,
      merge_commit_sha: pull.merged ?? null,
      html_url: `https://github.test/acme/${this.name}/pull/${pull.number}`,
      user: { login: 'bob' },
      head: {
        ref: pull.head,
        sha: this.branches.get(pull.head),
        repo: { name: this.name },
      },
    };
  }
}

function idOf(content: string | Buffer): string {
  return createHash('sha1').update(content).digest('hex');
}
