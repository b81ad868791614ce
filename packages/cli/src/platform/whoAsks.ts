import type { Author } from '@meshway/plugin-meshed-service-node';
import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';
import { UnreadableError } from '../UnreadableError';

/** Who stands in commits, receipts and stamps. Nothing is permitted because of it: that is up to the credentials. */
export type WhoAsks = { author: Author; by: string };

/**
 * @param committing - whether something is committed: then git has to know who does it.
 * @throws UnreadableError naming --author.
 */
export async function whoAsks(
  author: string | undefined,
  committing: boolean,
): Promise<WhoAsks> {
  const known =
    author === undefined
      ? await configuredAuthor(committing)
      : parseAuthor(author);
  return { author: known, by: `user:command-line/${nameIn(known.email)}` };
}

/** No portal knows this user; the namespace says that nobody has signed in. */
function nameIn(email: string): string {
  const name = email
    .split('@')[0]
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 63);
  return name || 'unknown';
}

/** @throws UnreadableError when it is not `Name <address>`. */
export function parseAuthor(text: string): Author {
  const [, name, email] = /^([^<>\n]+?)\s*<([^<>\s]+)>$/.exec(text) ?? [];
  if (!name || !email)
    throw new UnreadableError(
      `--author: ${JSON.stringify(
        text.slice(0, 60),
      )} is not an author; write "Name <address>"`,
    );
  return { name, email };
}

/** @returns whom git is configured to; where nothing is committed, the user of this machine will do. */
export async function configuredAuthor(committing = true): Promise<Author> {
  const [name, email] = [
    await gitSays('user.name'),
    await gitSays('user.email'),
  ];
  if (name && email) return { name, email };
  if (committing)
    throw new UnreadableError(
      'git does not know who you are; add --author "Name <address>"',
    );
  const user = userOfMachine();
  return { name: user, email: `${user}@localhost` };
}

async function gitSays(key: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('git', [
      'config',
      '--get',
      key,
    ]);
    return stdout.trim();
  } catch {
    return '';
  }
}

function userOfMachine(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
