import type { Command } from 'commander';
import { exitCodeHelp } from '../exitCodes';
import { loaded } from '../loaded';
import type { Host } from '../program';

/** `meshway render <spec.yaml>` */
export function addRenderCommand(program: Command, host: Host): void {
  program
    .command('render')
    .summary('print what a request becomes')
    .description(
      'Renders everything that a service needs: namespace, identity, mesh policies, secrets, delivery. The same request always gives the same bytes.',
    )
    .argument(
      '<spec.yaml>',
      'a spec, or a stamp (kind: MeshedService); - reads standard input',
    )
    .option(
      '-o, --output <folder>',
      "write files, named as in a service's repository, instead of printing",
    )
    .option('--force', 'overwrite files of other content in the folder')
    .option(
      '-c, --config <app-config.yaml>',
      "take meshedService.platform from a portal's configuration",
    )
    .addHelpText(
      'after',
      `
Examples
  meshway render cart.yaml
  meshway render meshed.service.yaml -o . --force
${exitCodeHelp}`,
    )
    .action(async (file, options) =>
      (await loaded(import('../work/render'))).render(file, options, host),
    );
}
