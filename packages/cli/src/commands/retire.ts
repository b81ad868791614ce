import type { Command } from 'commander';
import { exitCodeHelp } from '../exitCodes';
import { loaded } from '../loaded';
import type { Host } from '../program';
import {
  addPlatformOptions,
  addWritingOptions,
  environmentHelp,
} from './platformOptions';

/** `meshway retire <cluster/namespace/name>` */
export function addRetireCommand(program: Command, host: Host): void {
  addWritingOptions(
    addPlatformOptions(
      program
        .command('retire')
        .summary('take a service away again')
        .description(
          'Shows what would go and what would stay, asks, and deletes what is provably of this service: Argo CD application, Vault role, policies, namespace. The repository stays.',
        )
        .argument('<service>', 'as <cluster>/<namespace>/<name>'),
    ),
  )
    .option(
      '--owner <entity>',
      'who owns it; needed only once nothing records it any more',
    )
    .option(
      '--delivery <mode>',
      'gitops or apply; needed only where neither stamp nor namespace says it',
    )
    .option(
      '--confirm-namespace <name>',
      'delete the namespace with what nobody may list in it, Secrets first',
    )
    .option(
      '--plan',
      'only show what would go; 0 when nothing would, 4 when something would',
    )
    .option(
      '--json',
      'print JSON: {plan, receipt?}; steps go to standard error',
    )
    .addHelpText(
      'after',
      `
Examples
  meshway retire eu-1/cart/cart --plan
  meshway retire eu-1/cart/cart --confirm-namespace cart
${environmentHelp}
${exitCodeHelp}`,
    )
    .action(async (service, options) =>
      (await loaded(import('../work/retire'))).retire(service, options, host),
    );
}
