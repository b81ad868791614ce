import type { Command } from 'commander';

/** Adds which cluster is meant. */
export function addKubeconfigOptions(command: Command): Command {
  return command
    .option(
      '--kubeconfig <file>',
      'kubeconfig; KUBECONFIG or ~/.kube/config when absent',
    )
    .option(
      '--context <name>',
      'context of the kubeconfig; the current one when absent',
    );
}

/** Adds the options of every command that reads a cluster and nothing else. */
export function addClusterOptions(command: Command): Command {
  return addKubeconfigOptions(command).option(
    '--namespace <name>',
    'of this namespace only; takes rights in no other',
  );
}
