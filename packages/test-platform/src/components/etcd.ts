import path from 'node:path';
import { answersWell, freePorts } from '../processes';
import type { Boot } from './Boot';

/** @returns the address of an etcd that forgets everything with this run. */
export async function bootEtcd({ folder, processes, tool }: Boot) {
  const [client, peer] = await freePorts(2);
  const url = `http://127.0.0.1:${client}`;
  const peerUrl = `http://127.0.0.1:${peer}`;
  await processes.launch({
    name: 'etcd',
    command: tool('etcd').command,
    args: [
      `--data-dir=${path.join(folder, 'etcd')}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peerUrl}`,
      `--initial-advertise-peer-urls=${peerUrl}`,
      `--initial-cluster=default=${peerUrl}`,
      '--unsafe-no-fsync=true',
      '--log-level=warn',
    ],
    ready: () => answersWell(`${url}/readyz`),
  });
  return url;
}
