import type { Command } from 'commander';
import { exitCodeHelp } from '../exitCodes';
import { loaded } from '../loaded';
import type { Host } from '../program';
import { addPlatformOptions, environmentHelp } from './platformOptions';

/** `meshway verify <spec.yaml>` */
export function addVerifyCommand(program: Command, host: Host): void {
  addPlatformOptions(
    program
      .command('verify')
      .summary('say whether a service is what was asked for')
      .description(
        'Compares objects, Vault role and Argo CD application with what was asked for, then looks whether the mesh does what the phase promises, and waits until all is well or the time is up. Writes nothing.',
      )
      .argument(
        '<spec.yaml>',
        'a spec, or a stamp (kind: MeshedService); - reads standard input',
      ),
  )
    .option('--wait <seconds>', 'how long to wait until all is well', '0')
    .option('--json', 'print JSON: the verification, as the API gives it')
    .addHelpText(
      'after',
      `
Examples
  meshway verify cart.yaml --wait 120

1 when a part is degraded or missing, 3 when the worst is progressing or unknown.
${environmentHelp}
${exitCodeHelp}`,
    )
    .action(async (file, options) =>
      (await loaded(import('../work/verify'))).verify(file, options, host),
    );
}
