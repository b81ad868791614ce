import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { applyArgoCdContents, argocdNamespace } from '../cluster/argocd';
import { writeKubeconfig } from '../cluster/kubeconfig';
import { acceptsConnections, answersWell, freePorts } from '../processes';
import type { ArgoCdState } from '../state';
import type { Boot } from './Boot';
import type { Cluster } from './kubernetes';
import { createRegistry } from './registry';

/** Boots Argo CD without its web interface: what syncs, what reads git, and what makes applications of registrations. */
export async function bootArgoCd(
  boot: Boot,
  { credentials, server }: Cluster,
): Promise<ArgoCdState> {
  const { folder, processes, tool } = boot;
  const repositories = path.join(folder, 'repositories');
  const registryUrl = await createRegistry(repositories);
  const argocd = tool('argocd');
  await applyArgoCdContents(server, argocd.files ?? '', {
    registryUrl,
    repositoriesUrl: `file://${repositories}`,
  });
  const redis = await bootRedis(boot);
  const [git, gitMetrics, controllerMetrics, setMetrics, setProbe, setHook] =
    await freePorts(6);
  const repoServer = `127.0.0.1:${git}`;
  const env = {
    ...environmentIn(folder),
    KUBECONFIG: writeKubeconfig(
      credentials,
      'argocd',
      credentials.tokens.admin,
      argocdNamespace,
    ),
    PATH: `${path.dirname(tool('kustomize').command)}:${process.env.PATH}`,
  };
  await processes.launch({
    name: 'argocd-repo-server',
    command: argocd.command,
    args: [
      ...['--address=127.0.0.1', `--port=${git}`],
      ...['--metrics-address=127.0.0.1', `--metrics-port=${gitMetrics}`],
      `--redis=${redis}`,
      // A push is seen at the next look, and not three minutes later.
      '--revision-cache-expiration=1s',
      '--loglevel=warn',
    ],
    env: { ...env, ARGOCD_BINARY_NAME: 'argocd-repo-server' },
    ready: () => answersWell(`http://127.0.0.1:${gitMetrics}/healthz`),
  });
  await Promise.all([
    processes.launch({
      name: 'argocd-application-controller',
      command: argocd.command,
      args: [
        `--redis=${redis}`,
        `--repo-server=${repoServer}`,
        `--metrics-port=${controllerMetrics}`,
        '--app-resync=5',
        '--app-resync-jitter=0',
        '--loglevel=warn',
      ],
      env: {
        ...env,
        ARGOCD_BINARY_NAME: 'argocd-application-controller',
        HOSTNAME: 'argocd-application-controller-0',
      },
      ready: () => answersWell(`http://127.0.0.1:${controllerMetrics}/healthz`),
    }),
    processes.launch({
      name: 'argocd-applicationset-controller',
      command: argocd.command,
      args: [
        `--argocd-repo-server=${repoServer}`,
        `--metrics-addr=127.0.0.1:${setMetrics}`,
        `--probe-addr=127.0.0.1:${setProbe}`,
        `--webhook-addr=127.0.0.1:${setHook}`,
        '--loglevel=warn',
      ],
      env: { ...env, ARGOCD_BINARY_NAME: 'argocd-applicationset-controller' },
      ready: () => answersWell(`http://127.0.0.1:${setMetrics}/metrics`),
    }),
  ]);
  return { namespace: argocdNamespace, repositories, registryUrl };
}

/** @returns the address of a Redis that keeps nothing. */
async function bootRedis({ folder, processes, tool }: Boot): Promise<string> {
  const [port] = await freePorts(1);
  const data = path.join(folder, 'redis');
  mkdirSync(data);
  await processes.launch({
    name: 'redis-server',
    command: tool('redis-server').command,
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1'],
      ...['--save', '', '--appendonly', 'no', '--dir', data],
      ...['--loglevel', 'warning'],
    ],
    ready: () => acceptsConnections(port),
  });
  return `127.0.0.1:${port}`;
}

/** Everything that Argo CD would otherwise look for at fixed places of the machine. */
function environmentIn(folder: string): Record<string, string> {
  const places = {
    ARGOCD_TLS_DATA_PATH: path.join(folder, 'argocd', 'tls'),
    ARGOCD_SSH_DATA_PATH: path.join(folder, 'argocd', 'ssh'),
    ARGOCD_GNUPGHOME: path.join(folder, 'argocd', 'gpg'),
    TMPDIR: path.join(folder, 'argocd', 'tmp'),
    HOME: path.join(folder, 'argocd', 'home'),
  };
  for (const place of Object.values(places)) {
    mkdirSync(place, { recursive: true });
  }
  writeFileSync(path.join(places.ARGOCD_SSH_DATA_PATH, 'ssh_known_hosts'), '');
  return {
    ...places,
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_GPG_ENABLED: 'false',
    // Repositories of the platform belong to whoever runs the tests.
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
  };
}
