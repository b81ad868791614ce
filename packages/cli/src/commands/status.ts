import type { Command } from 'commander';
import { exitCodeHelp } from '../exitCodes';
import { loaded } from '../loaded';
import type { Host } from '../program';
import { addClusterOptions } from './clusterOptions';

/** `meshway status` */
export function addStatusCommand(program: Command, host: Host): void {
  addClusterOptions(
    program
      .command('status')
      .summary('read the mTLS of services in a cluster or a snapshot')
      .description(
        'Says what is true of the mTLS of services, in a cluster that runs or in a snapshot: a folder that `meshway snapshot` has written, or of Kubernetes objects as `kubectl get -o yaml` writes them. What cannot be known is said to be unknown.',
      ),
  )
    .option(
      '-s, --snapshot <folder>',
      'read this folder of Kubernetes objects, and no cluster',
    )
    .option('--service <namespace/name>', 'of this service only')
    .option(
      '--spec <spec.yaml>',
      'of the service that this spec or stamp asks for, compared with it',
    )
    .option(
      '--prometheus <url>',
      'ask this Prometheus what traffic there was, too',
    )
    .option(
      '--prometheus-token-file <file>',
      'file with a token for it; read anew for each round of questions',
    )
    .option('--watch', 'go on, and say every change, until ctrl-C')
    .option('--cluster <name>', 'name of the cluster in the answer', 'local')
    .option(
      '-c, --config <app-config.yaml>',
      "take meshedService.platform from a portal's configuration",
    )
    .option(
      '--json',
      'print JSON: {cluster, problems, services}; with --watch a line for each change: {at, status} or {at, gone}',
    )
    .addHelpText(
      'after',
      `
Examples
  meshway status
  meshway status --context eu-1 --namespace cart --watch
  meshway status --snapshot snapshot/ --service cart/cart --json

1 when a service is degraded or something is missing, 3 when the worst is progressing or unknown. With --watch: as it was last.
${exitCodeHelp}`,
    )
    .action(async options =>
      (await loaded(import('../work/status'))).readStatus(options, host),
    );
}
