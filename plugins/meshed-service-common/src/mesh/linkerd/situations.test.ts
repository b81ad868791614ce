import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Observed, outcomeOf } from './__testUtils__/outcomes';
import {
  readDocuments,
  readJson,
  recordedFolders,
} from './__testUtils__/recordings';
import { questionOf, type Request } from './__testUtils__/requests';
import {
  callerOf,
  couldCall,
  inboundPolicy,
  readLinkerdObjects,
  type AccessAnswer,
  type Caller,
} from './index';

/**
 * Real proxies, and what each client got from them. One test per situation: who may call agrees with who got through. What
 * the metrics of the same situation prove is to be compared here, too, once it is read.
 */
const { folders, absent = '' } = recordedFolders({
  variable: 'MESHWAY_PROXY_SITUATIONS',
  folder: '../shared/data/linkerd/proxy/situations',
});
const describeWhereRecorded = absent ? describe.skip : describe;

/** Of the installation in which they were recorded. */
const settings = {
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

/** @returns each request to a pod of the situation: who comes how to which pod, and what is answered. */
function callsIn(folder: string) {
  const objects = readDocuments(join(folder, 'objects.yaml'));
  const evidence = read(folder, 'delta.json');
  const timeline = read(folder, 'timeline.json');
  const { pods, index } = readLinkerdObjects(objects);
  return (read(folder, 'client.json') as Request[]).flatMap(asked => {
    const { target, port, call, question } = questionOf(asked, objects, pods);
    if (!target) return [];
    const { pod, namespace, address } = asked.client;
    const client = pods.find(
      each => each.namespace === namespace && each.name === pod,
    );
    const caller: Caller = (client &&
      callerOf(client, target, port, settings)) ?? {
      ...{ address, transport: 'plaintext' },
    };
    const policy = inboundPolicy(target, port, index, settings);
    const observed = outcomeOf(asked, { port, caller, evidence, timeline });
    const answer = couldCall(target, policy, caller, call);
    const { transport } = caller;
    const way = `${pod ?? 'the node'} to ${target.name}: ${transport}`;
    return [{ question, answer: wordOf(answer), observed, way }];
  });
}

/** @returns which clients came in mesh TLS to which servers, and which did not, as it was on the wire. */
function waysOnTheWire(folder: string): string[] {
  const wire = read(folder, 'wire.json') as Array<{
    from: string;
    to: string;
    onTheWire: string;
  }>;
  return wire.map(
    ({ from, to, onTheWire }) =>
      `${from} to ${to}: ${onTheWire === 'mesh tls' ? 'mesh' : 'plaintext'}`,
  );
}

function read(folder: string, name: string) {
  const file = join(folder, name);
  return existsSync(file) ? readJson(file) : [];
}

function wordOf(answer: AccessAnswer): Observed {
  if (answer.decidedBy !== 'policy') return 'allowed';
  if (answer.allowed) return 'allowed';
  return answer.outcome;
}

describeWhereRecorded(`calls through real proxies ${absent}`, () => {
  it.each(folders.map(folder => [basename(folder), folder]))(
    '%s',
    (_, folder) => {
      const calls = callsIn(folder);
      const decided = calls.filter(({ observed }) => observed !== undefined);
      expect(
        decided.map(({ question, answer: got }) => ({ question, got })),
      ).toEqual(
        decided.map(({ question, observed: got }) => ({ question, got })),
      );
      const wire = waysOnTheWire(folder);
      // Not every connection was caught: reads of the admin port by the node are noise there.
      const seen = new Set(wire.map(way => way.split(':')[0]));
      const asked = calls
        .map(({ way }) => way)
        .filter(way => seen.has(way.split(':')[0]));
      expect(wire).toEqual(expect.arrayContaining(asked));
    },
  );
});
