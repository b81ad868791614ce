import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestPlatform } from '@meshway/test-platform';
import { stringify } from 'yaml';
import { checkout, meshway, Ran } from './meshway';

/** Where the real command works on the real platform: with the writer's rights and the portal's Vault policy. */
export function aCommandLine(platform: TestPlatform, folder: string) {
  const { repositories } = platform.argocd;
  const config = path.join(folder, 'app-config.yaml');
  writeFileSync(
    config,
    stringify({
      meshedService: {
        clusters: [{ name: 'local' }],
        platform: {
          forge: { repositoryUrl: `file://${repositories}/{repository}.git` },
        },
        skeletons: [
          {
            name: 'meshed-service',
            path: path.join(checkout, 'skeleton/meshed-service'),
          },
        ],
        forge: { kind: 'local', local: { path: repositories } },
      },
    }),
  );
  const env = {
    KUBECONFIG: platform.kubernetes.kubeconfig('writer'),
    VAULT_ADDR: platform.vault.address,
    VAULT_TOKEN: platform.vault.portalToken,
    HOME: folder,
  };
  const secrets = [
    platform.vault.portalToken,
    platform.kubernetes.admin,
    ...readFileSync(env.KUBECONFIG, 'utf8').match(/(?<=token: ).+/g)!,
  ];
  const author = ['--author', 'Ada Lovelace <ada@acme.example>'];

  /** @returns what the command said, in which no secret may stand. */
  const run = async (
    args: readonly string[],
    options: Parameters<typeof meshway>[1] = {},
  ): Promise<Ran> => {
    const ran = await meshway(args, {
      ...options,
      env: { ...env, ...options.env },
    });
    for (const secret of secrets)
      if (`${ran.out}${ran.err}`.includes(secret))
        throw new Error(`meshway ${args[0]} shows a credential`);
    return ran;
  };
  return {
    config,
    env,
    repositories,
    run,
    /** With the portal's configuration: its forge, its registry, its platform. */
    withForge: (...args: string[]) => run([...args, '-c', config]),
    author,
    /** Writes down a request. @returns its file. */
    ask(name: string, fields: object = {}): string {
      const file = path.join(folder, `${name}.yaml`);
      writeFileSync(
        file,
        stringify({
          name,
          owner: 'group:default/shop',
          cluster: 'local',
          workload: { image: 'ghcr.io/acme/cart:1.0' },
          ports: [{ name: 'http', port: 8081, protocol: 'HTTP/1' }],
          clients: [{ namespace: 'shop', serviceAccount: 'frontend' }],
          phase: 'observe',
          ...fields,
        }),
      );
      return file;
    },
  };
}
