import type { Command } from 'commander';
import { exitCodeHelp } from '../exitCodes';
import { loaded } from '../loaded';
import type { Host } from '../program';
import {
  addPlatformOptions,
  addWritingOptions,
  environmentHelp,
} from './platformOptions';

/** `meshway phase <to> <spec.yaml>` */
export function addPhaseCommand(program: Command, host: Host): void {
  addWritingOptions(
    addPlatformOptions(
      program
        .command('phase')
        .summary('move a service to observe, audit or enforce')
        .description(
          'Moves a service from the phase in its spec to another. Forward it is one step at a time and needs a reason, or evidence from traffic; back may go anywhere at once.',
        )
        .argument('<to>', 'observe, audit or enforce')
        .argument(
          '<spec.yaml>',
          'the service as it is now: a spec, or a stamp; - reads standard input',
        ),
    ),
  )
    .option(
      '--reason <text>',
      'why; needed forward where traffic shows nothing, kept in the receipt',
    )
    .option(
      '--force',
      'back only: take spec.accessPolicy of our own Servers from whoever wrote it',
    )
    .option('--json', 'print JSON: {plan, receipt}; steps go to standard error')
    .addHelpText(
      'after',
      `
Examples
  meshway phase audit cart.yaml --reason 'Seen for a week'
  meshway phase observe cart.yaml --force --yes
${environmentHelp}
${exitCodeHelp}`,
    )
    .action(async (to, file, options) =>
      (await loaded(import('../work/phase'))).phase(to, file, options, host),
    );
}
