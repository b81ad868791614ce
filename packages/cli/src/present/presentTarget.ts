import type { OpenCluster, OpenPlatform } from '../platform';

/** Where requests go, and as whom: the first thing that anybody should read before he agrees. */
export function presentTarget(target: OpenPlatform['target']): string {
  return [
    presentCluster(target),
    `Vault: ${target.vault ?? 'none; VAULT_ADDR is not set'}`,
  ].join('\n');
}

/** The same, for whoever asks the cluster only. */
export function presentCluster({
  cluster,
  server,
  context,
  user,
}: OpenCluster['target']): string {
  const facts = [
    ...(context ? [`context ${context}`] : []),
    ...(user ? [`as ${user}`] : []),
  ];
  return `Cluster ${cluster}: ${server}${
    facts.length > 0 ? ` (${facts.join(', ')})` : ''
  }`;
}
