import { kinds, KubernetesObject } from '@meshway/plugin-meshed-service-common';
import { loginOf } from './vaultRemovals';

describe('what logs in to Vault as a service', () => {
  const service = { cluster: 'eu-1', namespace: 'cart', name: 'cart' };
  const role = 'meshway.eu-1.cart.cart';
  const metadata = { name: 'cart', namespace: 'cart' };
  const annotations = { 'vault.hashicorp.com/role': role };
  const auth = (by: string): KubernetesObject => ({
    ...kinds.VaultAuth,
    metadata,
    spec: { method: 'kubernetes', kubernetes: { role: by } },
  });
  const workload = (all: object): KubernetesObject => ({
    ...kinds.Deployment,
    metadata,
    spec: { template: { metadata: { annotations: all } } },
  });

  it.each<[string, KubernetesObject, boolean]>([
    ['a VaultAuth with its role', auth(role), true],
    ['a VaultAuth with another role', auth('theirs'), false],
    ['a workload whose pods ask the agent', workload(annotations), true],
    ['a workload that asks for nothing', workload({}), false],
    [
      'a pod that asks the agent',
      { ...kinds.Pod, metadata: { ...metadata, annotations } },
      true,
    ],
    ['a ServiceAccount', { ...kinds.ServiceAccount, metadata }, false],
  ])('%s', (_, object, isFound) => {
    expect(loginOf([object], service)).toBe(isFound ? object : undefined);
  });
});
