// Loaded here and not in the first test that needs it, which has a time limit of Jest's.
import '@kubernetes/client-node';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readMeshedServiceConfig } from '../config';
import { refusal } from '../http/__testUtils__/ScriptedServer';
import { systemsFromConfig } from '.';

const systems = (meshedService: JsonObject) =>
  systemsFromConfig(
    readMeshedServiceConfig(new ConfigReader({ meshedService }), {
      root: '/portal',
    }),
  );
const clusters = [
  { name: 'eu-1', kubeconfig: { file: 'none' } },
  { name: 'eu-2', url: 'https://127.0.0.1:1', tokenFile: 'none' },
  { name: 'seen', snapshot: 'snapshot' },
];

describe('systemsFromConfig', () => {
  it('makes each cluster once, and asks nothing', async () => {
    const made = systems({ clusters });
    const { kubernetes } = made.cluster('eu-1');
    expect(kubernetes.cluster).toBe('eu-1');
    expect(made.cluster('eu-1').kubernetes).toBe(kubernetes);
    expect(made.vault).toBeUndefined();
    await made.close();
  });

  it('makes Vault where it is configured', () => {
    const vault = { address: 'https://vault.acme.example', token: 'a' };
    expect(systems({ vault }).vault?.address).toBe(vault.address);
  });

  it.each<[string, JsonObject, string]>([
    [
      'eu-9',
      { clusters },
      'InputError: There is no cluster "eu-9" here. Choose eu-1, eu-2.',
    ],
    [
      'seen',
      { clusters },
      'InputError: Cluster seen is only looked at: meshedService.clusters says how it is read, and not how it is written to. Ask the platform team to add kubeconfig, or url and tokenFile, or choose eu-1, eu-2.',
    ],
    [
      '__proto__',
      {},
      'InputError: There is no cluster "__proto__" here. Choose another (there is none yet).',
    ],
  ])(
    'says which clusters there are instead of %s',
    async (name, config, text) => {
      expect(await refusal((async () => systems(config).cluster(name))())).toBe(
        text,
      );
    },
  );

  it('says at the first request what is wrong with a cluster', async () => {
    const made = systems({ clusters });
    expect(await refusal(made.cluster('eu-1').kubernetes.version())).toBe(
      'InputError: Cluster eu-1: /portal/none cannot be read (ENOENT); check the path in meshedService.clusters[].kubeconfig.file',
    );
    expect(await refusal(made.cluster('eu-2').kubernetes.version())).toBe(
      'ClusterCredentialsError: Cluster eu-2 cannot be asked: a file with credentials or certificates cannot be read; check /portal/none.',
    );
  });
});
