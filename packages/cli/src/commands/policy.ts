import type { Command } from 'commander';
import { exitCodeHelp } from '../exitCodes';
import { loaded } from '../loaded';
import type { Host } from '../program';

/** `meshway policy effective` */
export function addPolicyCommand(program: Command, host: Host): void {
  const policy = program
    .command('policy')
    .summary('say what the mesh makes of policies')
    .description(
      'Says what the mesh makes of the policies in a snapshot, by the rules of its own policy controller.',
    )
    .addHelpText('after', exitCodeHelp);
  addEffectiveCommand(policy, host);
}

function addEffectiveCommand(policy: Command, host: Host): void {
  policy
    .command('effective')
    .summary('say who may call a port of a pod')
    .description(
      'Says what the Linkerd policy controller answers about a port: which Server or default decides, who is let in, by which routes, and what has no effect and why. The snapshot is a folder of Kubernetes objects, as `kubectl get -o yaml` writes them.',
    )
    .requiredOption('-s, --snapshot <folder>', 'folder of Kubernetes objects')
    .option('--pod <namespace/name>', 'the pod that is called')
    .option(
      '--external-workload <namespace/name>',
      'the ExternalWorkload that is called',
    )
    .requiredOption('-p, --port <number>', 'the port that is called')
    .option(
      '--default-policy <policy>',
      'default inbound policy of the installation',
    )
    .option(
      '--cluster-networks <cidrs>',
      'networks of the cluster, with commas in between',
    )
    .option(
      '--probe-networks <cidrs>',
      'networks that the kubelet probes from; empty for none',
    )
    .option('--identity-domain <domain>', 'trust domain of the installation')
    .option(
      '--control-plane-namespace <namespace>',
      'namespace of the installation',
    )
    .option('--json', 'print JSON: the answer of the policy controller')
    .addHelpText(
      'after',
      `
What no option says is taken from the ConfigMap linkerd-config, where the snapshot has it; then from Linkerd's defaults.

Examples
  meshway policy effective --snapshot dump/ --pod shop/web-6f7c --port 8080
  meshway policy effective --snapshot dump/ --external-workload shop/vm --port 80 --json

3 when the snapshot does not hold the workload, or could not be read whole.
${exitCodeHelp}`,
    )
    .action(async options =>
      (await loaded(import('../work/policy'))).readPolicy(options, host),
    );
}
