import type { Command } from 'commander';
import { exitCodeHelp } from '../exitCodes';
import { loaded } from '../loaded';
import type { Host } from '../program';

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

function addListCommand(change: Command, host: Host): void {
  change
    .command('list')
    .summary('list the proposed changes')
    .description('Lists the proposed changes, open ones unless --all is given.')
    .requiredOption(...repositoriesOption)
    .option('--repository <name>', 'of this repository only')
    .option('--all', 'merged and closed ones, too')
    .option('--json', 'print JSON: a list of changes')
    .action(async options =>
      (await loaded(import('../work/change'))).listChanges(options, host),
    );
}

function addMergeCommand(change: Command, host: Host): void {
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
    .action(async (repository, id, options) =>
      (await loaded(import('../work/change'))).mergeChange(
        repository,
        id,
        options,
        host,
      ),
    );
}
