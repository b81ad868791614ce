import type { Command } from 'commander';
import { exitCodeHelp } from '../exitCodes';
import { loaded } from '../loaded';
import type { Host } from '../program';
import {
  addHandoverOption,
  addPlatformOptions,
  addWritingOptions,
  environmentHelp,
} from './platformOptions';

/** `meshway apply <spec.yaml>` */
export function addApplyCommand(program: Command, host: Host): void {
  addWritingOptions(
    addHandoverOption(
      addPlatformOptions(
        program
          .command('apply')
          .summary('make a service what was asked for')
          .description(
            'Shows the plan, asks, and writes it: namespace, ServiceAccount, Linkerd policies, Vault role, Argo CD application. Nothing is written while anything stands in the way. It may be repeated, interrupted, and run twice at once.',
          )
          .argument(
            '<spec.yaml>',
            'a spec, or a stamp (kind: MeshedService); - reads standard input',
          ),
      ),
    ),
  )
    .option(
      '--json',
      'print JSON: {plan, proposed?, receipt?}; steps go to standard error',
    )
    .addHelpText(
      'after',
      `
Examples
  meshway apply cart.yaml
  meshway apply cart.yaml --config app-config.yaml --yes
${environmentHelp}
${exitCodeHelp}`,
    )
    .action(async (file, options) =>
      (await loaded(import('../work/apply'))).apply(file, options, host),
    );
}
