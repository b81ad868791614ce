import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { errorCode } from './errorCode';
import { Author, ForgeUnavailableError } from '../Forge';

/** git said no. What it printed is for us to judge, never for the user as it is. */
export class GitRefusal extends Error {
  readonly name = 'GitRefusal';
}

export type GitOptions = {
  input?: string | Buffer;
  env?: Record<string, string>;
  signal?: AbortSignal;
};

/**
 * Runs git on one bare repository, and on nothing else: no configuration of user or system, no hooks, no prompt, no
 * discovery of repositories around it (which is also why it does not mind who owns the folder).
 *
 * @throws GitRefusal when git answers with an error, ForgeUnavailableError when there is no git.
 */
export function git(
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      'git',
      [
        `--git-dir=${folder}`,
        '-c',
        `core.hooksPath=${devNull}`,
        '-c',
        'gc.auto=0',
        '-c',
        'commit.gpgSign=false',
        // Two at once wait for each other, far longer than either needs.
        '-c',
        'core.filesRefLockTimeout=3000',
        '-c',
        'core.packedRefsTimeout=3000',
        ...args,
      ],
      {
        env: { ...environment(), ...options.env },
        signal: options.signal,
        stdio: 'pipe',
        windowsHide: true,
      },
    );
    const output: Buffer[] = [];
    const complaint: Buffer[] = [];
    child.stdout.on('data', chunk => output.push(chunk));
    child.stderr.on('data', chunk => complaint.push(chunk));
    // A git that ends before it has read everything reports why by its exit code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', error =>
      reject(
        errorCode(error) === 'ENOENT'
          ? new ForgeUnavailableError(
              'The program git was not found; the local forge needs it (2.34 or newer)',
            )
          : error,
      ),
    );
    child.on('close', code => {
      if (code === 0) resolve(Buffer.concat(output));
      else
        reject(
          new GitRefusal(
            `git ${args[0]}: ${Buffer.concat(complaint).toString().trim()}`,
          ),
        );
    });
  });
}

/** As `git`, for output that is one line of text. */
export async function gitLine(
  folder: string,
  args: readonly string[],
  options?: GitOptions,
): Promise<string> {
  return (await git(folder, args, options)).toString('utf8').trim();
}

/** The author is the user; the committer says which machine wrote it down. */
export function commitEnvironment(author: Author): Record<string, string> {
  return {
    GIT_AUTHOR_NAME: oneLine(author.name) || 'unknown',
    GIT_AUTHOR_EMAIL: oneLine(author.email),
    GIT_COMMITTER_NAME: 'Meshway',
    GIT_COMMITTER_EMAIL: 'meshway@localhost',
  };
}

function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  return text.replace(/[\u0000-\u0020\u007f<>]+/g, ' ').trim();
}

function environment(): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: devNull,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
  };
}
