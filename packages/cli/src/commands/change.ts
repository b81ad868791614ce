import { execFile } from 'node:child_process';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  Author,
  LocalForge,
  ProposedChange,
} from '@meshway/plugin-meshed-service-node';
import type { Command } from 'commander';
import { exitCodeHelp } from '../exitCodes';
import type { Host } from '../program';
import { UnreadableError } from '../UnreadableError';

const repositoriesOption = [
  '-r, --repositories <folder>',
  'folder of the repositories (meshedService.forge.local.path)',
] as const;

/** `meshway change list | merge` */
export function addChangeCommand(program: Command, host: Host): void {
  const change = program
    .command('change')
    .summary('review what was proposed (local forge)')
    .description(
      'Lists and merges the changes that were proposed for services in the local forge. On GitHub they are pull requests.',
    )
    .addHelpText('after', exitCodeHelp);
  addListCommand(change, host);
  addMergeCommand(change, host);
}

function addListCommand(change: Command, { terminal }: Host): void {
  change
    .command('list')
    .summary('list the proposed changes')
    .description('Lists the proposed changes, open ones unless --all is given.')
    .requiredOption(...repositoriesOption)
    .option('--repository <name>', 'of this repository only')
    .option('--all', 'merged and closed ones, too')
    .option('--json', 'print JSON: a list of changes')
    .action(
      async (options: {
        repositories: string;
        repository?: string;
        all?: boolean;
        json?: boolean;
      }) => {
        const forge = await forgeAt(options.repositories);
        const changes = (await forge.listChanges(options.repository)).filter(
          ({ state }) => options.all || state === 'open',
        );
        terminal.print(
          options.json
            ? JSON.stringify(changes, undefined, 2)
            : describeChanges(changes),
        );
      },
    );
}

function addMergeCommand(change: Command, { terminal }: Host): void {
  change
    .command('merge')
    .summary('accept a proposed change')
    .description('Merges a proposed change into the branch that is delivered.')
    .argument('<repository>', 'as the list names it')
    .argument('<id>', 'as the list names it')
    .requiredOption(...repositoriesOption)
    .option(
      '--author <author>',
      'who merges, as "Name <address>"; what git is configured to when absent',
    )
    .action(
      async (
        repository: string,
        id: string,
        options: { repositories: string; author?: string },
      ) => {
        const forge = await forgeAt(options.repositories);
        const author = options.author
          ? parseAuthor(options.author)
          : await configuredAuthor();
        const { commit } = await forge.mergeChange(repository, id, author);
        terminal.print(`${repository} ${id}: merged as ${commit}`);
      },
    );
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

function parseAuthor(text: string): Author {
  const [, name, email] = /^([^<>\n]+?)\s*<([^<>\s]+)>$/.exec(text) ?? [];
  if (!name || !email)
    throw new UnreadableError(
      `--author: ${JSON.stringify(
        text.slice(0, 60),
      )} is not an author; write "Name <address>"`,
    );
  return { name, email };
}

async function configuredAuthor(): Promise<Author> {
  const read = async (key: string) => {
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
  };
  const [name, email] = [await read('user.name'), await read('user.email')];
  if (!name || !email)
    throw new UnreadableError(
      'git does not know who you are; add --author "Name <address>"',
    );
  return { name, email };
}
