import { ForgeConflictError } from '../Forge';
import { CHANGE_BRANCH_PREFIX } from '../places';
import { readFiles, readRef, writeCommit, writeTree } from './objects';

/**
 * Records of the proposed changes of a repository: one file each, in a ref of their own. A clone does not see them, and
 * they move in one step with the branch that they are about.
 */
export const CHANGES_REF = 'refs/meshway/changes';

export type ChangeRecord = {
  branch: string;
  title: string;
  description: string;
  author: string;
  state: 'open' | 'merged' | 'closed';
  /** The commit on the default branch that merged it. */
  merged?: string;
};

export type ChangeRecords = {
  /** The commit that they were read at. */
  at: string | undefined;
  records: ReadonlyMap<string, ChangeRecord>;
};

/** @returns the id of the change on a branch. */
export function changeIdOf(branch: string): string {
  return branch.slice(CHANGE_BRANCH_PREFIX.length);
}

export async function readChangeRecords(
  folder: string,
): Promise<ChangeRecords> {
  const at = await readRef(folder, CHANGES_REF);
  if (!at) return { at, records: new Map() };
  const records = new Map<string, ChangeRecord>();
  for (const [path, text] of await readFiles(folder, at)) {
    records.set(path.replace(/\.json$/, ''), parseRecord(folder, path, text));
  }
  return { at, records };
}

/** @returns the commit that holds the records with one of them replaced; nothing points at it yet. */
export async function writeChangeRecord(
  folder: string,
  at: string | undefined,
  id: string,
  record: ChangeRecord,
  signal?: AbortSignal,
): Promise<string> {
  const content = `${JSON.stringify(record, null, 2)}\n`;
  const tree = await writeTree(
    folder,
    at,
    new Map([[`${id}.json`, content]]),
    signal,
  );
  return writeCommit(
    folder,
    tree,
    at ? [at] : [],
    {
      message: `Change ${id} is ${record.state}`,
      author: { name: record.author, email: '' },
    },
    signal,
  );
}

function parseRecord(folder: string, path: string, text: string): ChangeRecord {
  try {
    const { branch, title, description, author, state, merged } =
      JSON.parse(text);
    const texts = [branch, title, description, author];
    if (
      texts.every(value => typeof value === 'string') &&
      ['open', 'merged', 'closed'].includes(state)
    )
      return { branch, title, description, author, state, merged };
  } catch {
    // Refused below.
  }
  throw new ForgeConflictError(
    `${folder}: ${CHANGES_REF}: ${path} is not a record of a change; remove it with git`,
  );
}
