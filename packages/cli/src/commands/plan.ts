import type { Command } from 'commander';
import { exitCodeHelp } from '../exitCodes';
import { loaded } from '../loaded';
import type { Host } from '../program';
import {
  addHandoverOption,
  addPlatformOptions,
  environmentHelp,
} from './platformOptions';

/** `meshway plan <spec.yaml>` */
export function addPlanCommand(program: Command, host: Host): void {
  addHandoverOption(
    addPlatformOptions(
      program
        .command('plan')
        .summary('say what a request would change in the real systems')
        .description(
          'Asks cluster, Vault, Argo CD and repository what a request would change, object by object, with every reason why it would not work. Writes nothing.',
        )
        .argument(
          '<spec.yaml>',
          'a spec, or a stamp (kind: MeshedService); - reads standard input',
        ),
    ),
  )
    .option('--json', 'print JSON: the plan, as the API of the portal gives it')
    .addHelpText(
      'after',
      `
Examples
  meshway plan cart.yaml
  meshway plan cart.yaml --context eu-1 --json
${environmentHelp}
${exitCodeHelp}`,
    )
    .action(async (file, options) =>
      (await loaded(import('../work/plan'))).plan(file, options, host),
    );
}
