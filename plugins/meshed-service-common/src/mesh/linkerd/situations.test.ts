import { basename } from 'node:path';
import {
  readRecorded,
  recordedCalls,
  recordedSettings,
  WireConnection,
} from './__testUtils__/calls';
import { Observed } from './__testUtils__/outcomes';
import { recordedFolders } from './__testUtils__/recordings';
import {
  couldCall,
  inboundPolicy,
  readLinkerdObjects,
  type AccessAnswer,
} from './index';

/**
 * Real proxies, and what each client got from them. One test per situation: who may call agrees with who got through. What
 * the metrics of the same situation prove is compared in `traffic/situations.test.ts`.
 */
const { folders, absent = '' } = recordedFolders({
  variable: 'MESHWAY_PROXY_SITUATIONS',
  folder: '../shared/data/linkerd/proxy/situations',
});
const describeWhereRecorded = absent ? describe.skip : describe;

/** @returns each request to a pod of the situation: who comes how to which pod, and what is answered. */
function callsIn(folder: string) {
  const { objects, calls } = recordedCalls(folder);
  const { index } = readLinkerdObjects(objects);
  return calls.map(
    ({ question, client, caller, target, port, call, observed }) => {
      const policy = inboundPolicy(target, port, index, recordedSettings);
      const answer = couldCall(target, policy, caller, call);
      const way = `${client.pod ?? 'the node'} to ${target.name}: ${
        caller.transport
      }`;
      return { question, answer: wordOf(answer), observed, way };
    },
  );
}

/** @returns which clients came in mesh TLS to which servers, and which did not, as it was on the wire. */
function waysOnTheWire(folder: string): string[] {
  const wire = readRecorded<WireConnection[]>(folder, 'wire.json') ?? [];
  return wire.map(
    ({ from, to, onTheWire }) =>
      `${from} to ${to}: ${onTheWire === 'mesh tls' ? 'mesh' : 'plaintext'}`,
  );
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
