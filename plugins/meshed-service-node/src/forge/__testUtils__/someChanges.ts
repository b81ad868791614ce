import { Author, Forge, Snapshot } from '../Forge';

export const ada: Author = { name: 'Ada', email: 'ada@acme.example' };
export const bob: Author = { name: 'Bob', email: 'bob@acme.example' };

type Contents = Record<string, string | undefined>;

/** @returns the files of a snapshot as one value. */
export const filesOf = (snapshot: Snapshot | undefined) =>
  snapshot && Object.fromEntries(snapshot.files);

/** Ada makes a repository. */
export const create = (
  forge: Forge,
  files: Record<string, string>,
  repository = 'payments',
) =>
  forge.create(repository, new Map(Object.entries(files)), {
    message: 'Create payments',
    author: ada,
  });

/** Bob adds a commit to it. */
export const commit = (forge: Forge, expected: string, changes: Contents) =>
  forge.commit('payments', new Map(Object.entries(changes)), {
    message: 'Change payments',
    author: bob,
    expected,
  });

/** Bob proposes a change of it. */
export const propose = (
  forge: Forge,
  expected: string,
  changes: Contents,
  branch = 'meshway/audit',
) =>
  forge.propose('payments', new Map(Object.entries(changes)), {
    message: 'Enforce',
    author: bob,
    expected,
    branch,
    title: 'Enforce the policy',
    description: 'Nobody would be denied.',
  });
