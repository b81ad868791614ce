import type { OpenPlatform } from '../platform';

/** Where requests go, and as whom: the first thing that anybody should read before he agrees. */
export function presentTarget({
  cluster,
  server,
  context,
  user,
  vault,
}: OpenPlatform['target']): string {
  const facts = [
    ...(context ? [`context ${context}`] : []),
    ...(user ? [`as ${user}`] : []),
  ];
  return [
    `Cluster ${cluster}: ${server}${
      facts.length > 0 ? ` (${facts.join(', ')})` : ''
    }`,
    `Vault: ${vault ?? 'none; VAULT_ADDR is not set'}`,
  ].join('\n');
}
