import type { Command } from 'commander';
import { exitCodeHelp } from '../exitCodes';
import { loaded } from '../loaded';
import type { Host } from '../program';

/** `meshway status --snapshot <folder>` */
export function addStatusCommand(program: Command, host: Host): void {
  program
    .command('status')
    .summary('read the mTLS of services from a snapshot')
    .description(
      'Says what is true of the mTLS of every service in a snapshot: a folder of Kubernetes objects, as `kubectl get -o yaml` writes them. What cannot be known is said to be unknown.',
    )
    .requiredOption('-s, --snapshot <folder>', 'folder of Kubernetes objects')
    .option('--service <namespace/name>', 'of this service only')
    .option(
      '--spec <spec.yaml>',
      'of the service that this spec or stamp asks for, compared with it',
    )
    .option('--cluster <name>', 'name of the cluster in the answer', 'local')
    .option(
      '-c, --config <app-config.yaml>',
      "take meshedService.platform from a portal's configuration",
    )
    .option('--json', 'print JSON: {cluster, problems, services}')
    .addHelpText(
      'after',
      `
Examples
  meshway status --snapshot snapshot/
  meshway status --snapshot snapshot/ --service cart/cart --json

1 when a service is degraded or something is missing, 3 when the worst is progressing or unknown.
${exitCodeHelp}`,
    )
    .action(async options =>
      (await loaded(import('../work/status'))).readStatus(options, host),
    );
}
