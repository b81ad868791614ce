/** Settings of a portal, and what stands for them on the command line. The longest first. */
const words: ReadonlyArray<[setting: string, ours: string]> = [
  ['meshedService.clusters[].kubeconfig.context', '--context'],
  ['meshedService.clusters[].kubeconfig.file', '--kubeconfig or KUBECONFIG'],
  ['under meshedService.clusters', 'in the kubeconfig'],
  ['meshedService.vault.token or tokenFile', 'VAULT_TOKEN'],
  ['meshedService.vault.address', 'VAULT_ADDR'],
  ['meshedService.vault.caFile', 'VAULT_CACERT'],
  [
    'under meshedService.vault',
    'with `vault login`, VAULT_TOKEN or --vault-token-file',
  ],
  [
    'meshedService.guardrails.pack says',
    '--guardrails or meshedService.guardrails.pack says',
  ],
  ['Configure meshedService.vault', 'Set VAULT_ADDR and VAULT_TOKEN'],
];

/** @returns an error text of the core, with the command line's own names for what it tells people to change. */
export function inOurWords(text: string): string {
  return words.reduce(
    (said, [setting, ours]) => said.replaceAll(setting, ours),
    text,
  );
}
