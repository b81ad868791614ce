import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import type { ApiServer, Manifest } from '../cluster/ApiServer';
import { manifestsIn } from '../cluster/definitions';
import { writeKubeconfig } from '../cluster/kubeconfig';
import { until } from '../cluster/settle';
import { answersWell, freePorts } from '../processes';
import type { Boot } from './Boot';
import { bootScheduler } from './controllers';
import type { Cluster } from './kubernetes';

const nodes = ['node-a', 'node-b'];

/** Boots what makes pods run without machines: nodes that KWOK plays, and a scheduler that chooses among them. */
export async function bootPods(boot: Boot, { credentials, server }: Cluster) {
  const { folder, processes, tool } = boot;
  const kwok = tool('kwok');
  const stages = path.join(folder, 'stages.yaml');
  writeFileSync(
    stages,
    ['stages/node', 'stages/pod']
      .flatMap(name => manifestsIn(path.join(kwok.files ?? '', name)))
      .filter(({ kind }) => kind === 'Stage')
      .map(stage => stringify(stage))
      .join('---\n'),
  );
  const [port] = await freePorts(1);
  const address = `127.0.0.1:${port}`;
  await Promise.all([
    bootScheduler(boot, credentials),
    processes.launch({
      name: 'kwok',
      command: kwok.command,
      args: [
        `--kubeconfig=${writeKubeconfig(
          credentials,
          'kwok',
          credentials.tokens.admin,
        )}`,
        `--config=${stages}`,
        '--manage-all-nodes=true',
        '--cidr=10.64.0.0/10',
        '--node-ip=127.0.0.1',
        `--server-address=${address}`,
      ],
      ready: () => answersWell(`http://${address}/healthz`),
    }),
    ...nodes.map(name => server.apply(aNode(name))),
  ]);
  for (const name of nodes) {
    await until(`${name} is ready`, () => isSchedulable(server, name));
  }
}

function aNode(name: string): Manifest {
  const capacity = { cpu: '64', memory: '256Gi', pods: '500' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' },
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
    },
    status: { capacity, allocatable: capacity },
  };
}

async function isSchedulable(server: ApiServer, name: string) {
  const node = await server.read(aNode(name));
  const { taints = [] } = (node?.spec ?? {}) as { taints?: unknown[] };
  const { conditions = [] } = (node?.status ?? {}) as {
    conditions?: Array<{ type: string; status: string }>;
  };
  return (
    taints.length === 0 &&
    conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
  );
}
