import { promises as fs } from 'node:fs';
import path from 'node:path';
import {
  LocalForge,
  ProposedChange,
} from '@meshway/plugin-meshed-service-node';
import { configuredAuthor, parseAuthor } from '../platform/whoAsks';
import type { Host } from '../program';
import { UnreadableError } from '../UnreadableError';

/** Lists what was proposed. */
export async function listChanges(
  options: {
    repositories: string;
    repository?: string;
    all?: boolean;
    json?: boolean;
  },
  { terminal }: Host,
): Promise<void> {
  const forge = await forgeAt(options.repositories);
  const changes = (await forge.listChanges(options.repository)).filter(
    ({ state }) => options.all || state === 'open',
  );
  terminal.print(
    options.json
      ? JSON.stringify(changes, undefined, 2)
      : describeChanges(changes),
  );
}

/** Accepts what was proposed. */
export async function mergeChange(
  repository: string,
  id: string,
  options: { repositories: string; author?: string },
  { terminal }: Host,
): Promise<void> {
  const forge = await forgeAt(options.repositories);
  const author = options.author
    ? parseAuthor(options.author)
    : await configuredAuthor();
  const { commit } = await forge.mergeChange(repository, id, author);
  terminal.print(`${repository} ${id}: merged as ${commit}`);
}

async function forgeAt(folder: string): Promise<LocalForge> {
  if (!(await fs.stat(folder)).isDirectory())
    throw new UnreadableError(`${folder}: is a file; name a folder`);
  return new LocalForge({
    path: path.resolve(folder),
    appBaseUrl: 'http://localhost:3000',
  });
}

function describeChanges(changes: readonly ProposedChange[]): string {
  if (changes.length === 0) return 'No change is proposed.';
  return changes
    .map(
      ({ repository, id, state, title, author, branch }) =>
        `${repository} ${id} ${state}: ${title}\n  by ${author}, branch ${branch}`,
    )
    .join('\n');
}
