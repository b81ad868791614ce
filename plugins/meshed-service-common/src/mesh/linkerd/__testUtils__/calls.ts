import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../../model';
import {
  callerOf,
  readLinkerdObjects,
  type Caller,
  type InboundCall,
  type Pod,
} from '../index';
import { Observed, outcomeOf } from './outcomes';
import { readDocuments, readJson } from './recordings';
import { questionOf, type Request } from './requests';
import type { Timeline } from './timeline';

/** Of the installation in which the situations were recorded. */
export const recordedSettings = {
  defaultInboundPolicy: 'all-unauthenticated',
  controlPlaneNamespace: 'linkerd',
  trustDomain: 'cluster.local',
  clusterNetworks: [
    '10.0.0.0/8',
    '100.64.0.0/10',
    '172.16.0.0/12',
    '192.168.0.0/16',
    'fd00::/8',
  ],
  probeNetworks: ['0.0.0.0/0', '::/0'],
} as const;

/** A connection that was caught on the wire. */
export type WireConnection = {
  from: string;
  to: string;
  port: number;
  onTheWire: 'mesh tls' | 'application tls' | 'plaintext';
};

/** Whoever called in a situation. */
export type RecordedClient = { pod: string | null; identity?: string | null };

/** A request to a pod of a situation, and what became of it. */
export type RecordedCall = {
  question: string;
  client: Request['client'];
  kind: Request['request']['kind'];
  caller: Caller;
  target: Pod;
  port: number;
  call: InboundCall;
  observed: Observed | undefined;
};

/** @returns the content of a file of a situation; undefined where it has none. */
export function readRecorded<Content>(
  folder: string,
  name: string,
): Content | undefined {
  const file = join(folder, name);
  return existsSync(file) ? readJson(file) : undefined;
}

/** @returns the clients of a situation. */
export function recordedClients(folder: string): RecordedClient[] {
  const { clients = [] } =
    readRecorded<{ clients?: RecordedClient[] }>(folder, 'situation.json') ??
    {};
  return clients;
}

/** @returns the objects of a situation, and each request to one of its pods. */
export function recordedCalls(folder: string): {
  objects: KubernetesObject[];
  calls: RecordedCall[];
} {
  const objects = readDocuments(join(folder, 'objects.yaml'));
  const evidence = readRecorded(folder, 'delta.json') ?? [];
  const timeline = readRecorded<Timeline>(folder, 'timeline.json') ?? [];
  const { pods } = readLinkerdObjects(objects);
  const requests = readRecorded<Request[]>(folder, 'client.json') ?? [];
  const calls = requests.flatMap(asked => {
    const { target, port, call, question } = questionOf(asked, objects, pods);
    if (!target) return [];
    const { pod, namespace, address } = asked.client;
    const client = pods.find(
      each => each.namespace === namespace && each.name === pod,
    );
    const caller: Caller = (client &&
      callerOf(client, target, port, recordedSettings)) ?? {
      ...{ address, transport: 'plaintext' },
    };
    const recorded = { target, port, caller, evidence, timeline };
    const observed = outcomeOf(asked, recorded);
    return [
      {
        ...{ question, client: asked.client, kind: asked.request.kind },
        ...{ caller, target, port, call, observed },
      },
    ];
  });
  return { objects, calls };
}
