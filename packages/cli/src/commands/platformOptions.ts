import type { Command } from 'commander';
import { addKubeconfigOptions } from './clusterOptions';

/** Adds the options of every command that asks the real systems. */
export function addPlatformOptions(command: Command): Command {
  return addKubeconfigOptions(command)
    .option(
      '--vault-token-file <file>',
      'file with a token for Vault; VAULT_TOKEN or ~/.vault-token when absent',
    )
    .option(
      '-c, --config <app-config.yaml>',
      "portal's configuration: platform, timeouts, forge, guardrails; never its credentials",
    )
    .option(
      '-g, --guardrails <folder>',
      'judge by this pack instead of the baseline',
    );
}

/** Adds who hands a service over. */
export function addHandoverOption(command: Command): Command {
  return command.option(
    '--transfer-from <owner>',
    'who holds the service now, when it is handed over to the owner in the spec (group:default/shop)',
  );
}

/** Adds the options of the commands that write. */
export function addWritingOptions(command: Command): Command {
  return command
    .option('-y, --yes', 'write without asking; needed where nobody can answer')
    .option(
      '--author <author>',
      'who commits, as "Name <address>"; what git is configured to when absent',
    )
    .option(
      '--wait <seconds>',
      'how long to wait for Argo CD and finalizers',
      '120',
    );
}

export const environmentHelp = `
Environment
  KUBECONFIG                                     as kubectl reads it
  VAULT_ADDR, VAULT_CACERT, VAULT_NAMESPACE      as Vault's own command reads them
  VAULT_TOKEN                                    never on the command line`;
