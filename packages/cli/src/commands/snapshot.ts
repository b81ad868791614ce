import type { Command } from 'commander';
import { exitCodeHelp } from '../exitCodes';
import { loaded } from '../loaded';
import type { Host } from '../program';
import { addClusterOptions } from './clusterOptions';

/** `meshway snapshot --output <folder>` */
export function addSnapshotCommand(program: Command, host: Host): void {
  addClusterOptions(
    program
      .command('snapshot')
      .summary('write what a cluster shows into a folder to send on')
      .description(
        'Reads everything once that answers about mTLS rest on, and writes it into a folder that holds no secret: `status --snapshot` and `policy effective --snapshot` answer from it as the cluster would have. Its README says what was left out, and what could not be read.',
      )
      .requiredOption(
        '-o, --output <folder>',
        'a folder that is not there yet, or empty',
      ),
  )
    .option('--cluster <name>', 'how the snapshot names the cluster', 'local')
    .option(
      '-c, --config <app-config.yaml>',
      "take meshedService.platform from a portal's configuration",
    )
    .option('--json', 'print JSON: {folder, objects, notRead}')
    .addHelpText(
      'after',
      `
Examples
  meshway snapshot --output snapshot/
  meshway snapshot --context eu-1 --namespace cart --output cart-snapshot/

3 when something that is there could not be read.
${exitCodeHelp}`,
    )
    .action(async options =>
      (await loaded(import('../work/snapshot'))).writeSnapshotOf(options, host),
    );
}
