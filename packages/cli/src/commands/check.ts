import type { Command } from 'commander';
import { exitCodeHelp } from '../exitCodes';
import { loaded } from '../loaded';
import type { Host } from '../program';

/** `meshway check <files…>` */
export function addCheckCommand(program: Command, host: Host): void {
  program
    .command('check')
    .summary('judge manifests by the guardrails')
    .description(
      'Judges Kubernetes manifests by the rules that the portal and the cluster enforce, and says of each violation why it is one and what to do. Manifests that belong together are judged together.',
    )
    .argument(
      '<files...>',
      'manifests: files of any number of YAML or JSON documents, folders, a stamp (judged by what it becomes), or - for standard input',
    )
    .option(
      '-g, --guardrails <folder>',
      'judge by this pack instead of the baseline',
    )
    .option(
      '-c, --config <app-config.yaml>',
      "render stamps with the platform of a portal's configuration",
    )
    .option('--json', 'print JSON: {pack, checked, violations}')
    .addHelpText(
      'after',
      `
Examples
  meshway check .
  meshway check meshed.service.yaml --json
  kustomize build manifests | meshway check -
${exitCodeHelp}`,
    )
    .action(async (files, options) =>
      (await loaded(import('../work/check'))).check(files, options, host),
    );
}
