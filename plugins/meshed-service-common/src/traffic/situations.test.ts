import { basename } from 'node:path';
import {
  readRecorded,
  RecordedCall,
  RecordedClient,
  recordedCalls,
  recordedClients,
  recordedSettings,
  WireConnection,
} from '../mesh/linkerd/__testUtils__/calls';
import { Observed } from '../mesh/linkerd/__testUtils__/outcomes';
import { recordedFolders } from '../mesh/linkerd/__testUtils__/recordings';
import { inboundPolicy, readLinkerdObjects } from '../mesh';
import { proxyPorts } from '../model';
import {
  nothingAnswered,
  recordedAnswers,
  serverMetrics,
} from './__testUtils__/situations';
import {
  PortTraffic,
  SeenClient,
  TrafficAnswers,
  TrafficEvidence,
  TrafficIndex,
  trafficOf,
} from '.';

/**
 * Real proxies, what their metrics said, and what was on the wire. One test per situation: the evidence that we draw from
 * the metrics names exactly the identities that came in mesh TLS, and tells of other traffic exactly where there was some;
 * where metrics cannot know, it says so. Who may call is compared in `mesh/linkerd/situations.test.ts`.
 */
const { folders, absent = '' } = recordedFolders({
  variable: 'MESHWAY_PROXY_SITUATIONS',
  folder: '../shared/data/linkerd/proxy/situations',
});
const describeWhereRecorded = absent ? describe.skip : describe;

type SeenTraffic = Extract<TrafficEvidence, { kind: 'observed' }>;

/** Who came in mesh TLS, and on which ports something else came. Sorted, each once. */
type Seen = { identities: string[]; others: string[] };

function evidenceIn(folder: string) {
  const metrics = serverMetrics(folder);
  const { objects, calls } = recordedCalls(folder);
  const { pods, index } = readLinkerdObjects(objects);
  const evidenceOf = (answers: TrafficAnswers, name?: string) =>
    trafficOf(
      {
        service: { namespace: metrics?.server.namespace ?? 'shop' },
        pods: pods.filter(pod =>
          name ? pod.name === name : calls.some(({ target }) => target === pod),
        ),
        index,
        settings: recordedSettings,
      },
      TrafficIndex.of(answers),
    );
  const server = pods.find(({ name }) => name === metrics?.server.pod);
  /** On an opaque port nobody reads whether bytes are plaintext or an application's TLS. */
  const asProxySees = (port: number, is: string) =>
    server &&
    inboundPolicy(server, port, index, recordedSettings).protocol === 'opaque'
      ? 'opaque'
      : is;
  return { metrics, calls, evidenceOf, asProxySees };
}

/** @returns what the evidence says, whatever became of it: let in, denied or without a route. */
function seenIn({ ports }: SeenTraffic): Seen {
  const clients = ports.flatMap(({ port, ...counts }) =>
    Object.values(counts)
      .flat()
      .map((client: SeenClient) => ({ port, ...client })),
  );
  return seen(
    clients.map(({ port, transport, identity }) => ({
      port,
      identity,
      is:
        { secured: 'mesh tls', passedThrough: 'application tls' }[
          transport as string
        ] ?? (transport === 'plaintextOrTls' ? 'opaque' : 'plaintext'),
    })),
  );
}

function seen(
  connections: ReadonlyArray<{ port: number; identity?: string; is: string }>,
): Seen {
  const unique = (texts: string[]) => [...new Set(texts)].sort();
  return {
    identities: unique(connections.flatMap(({ identity }) => identity ?? [])),
    others: unique(
      connections
        .filter(({ is }) => is !== 'mesh tls')
        .map(({ port, is }) => `${port}: ${is}`),
    ),
  };
}

type AsProxySees = (port: number, is: string) => string;

/** @returns what was on the wire to the server; undefined where nobody looked. */
function onTheWire(
  folder: string,
  server: string,
  clients: readonly RecordedClient[],
  asProxySees: AsProxySees,
): Seen | undefined {
  const wire = readRecorded<WireConnection[]>(folder, 'wire.json');
  const identityOf = (pod: string) =>
    clients.find(each => each.pod === pod)?.identity ?? undefined;
  return (
    wire &&
    seen(
      wire
        .filter(({ to, port }) => to === server && port !== proxyPorts.admin)
        .map(({ from, port, onTheWire: is }) =>
          is === 'mesh tls'
            ? { port, is, identity: identityOf(from) }
            : { port, is: asProxySees(port, is) },
        ),
    )
  );
}

/** @returns what clients must have sent to the server, from what they got: a refused certificate leads nowhere. */
function byClients(
  server: string,
  calls: readonly RecordedCall[],
  asProxySees: AsProxySees,
): Seen {
  return seen(
    calls
      .filter(
        ({ target, port, observed }) =>
          target.name === server &&
          observed !== undefined &&
          port !== proxyPorts.admin,
      )
      .map(({ caller, port, kind }) =>
        caller.transport === 'mesh'
          ? { port, is: 'mesh tls', identity: caller.identity }
          : {
              port,
              is: asProxySees(
                port,
                kind === 'tls' ? 'application tls' : 'plaintext',
              ),
            },
      ),
  );
}

/** Where the proxy is gone around, or is dialled itself without mesh TLS, no series tells: the evidence has to say that. */
function withoutUnseen(
  wire: Seen,
  { unseenPorts, failedHandshakes }: SeenTraffic,
) {
  return {
    ...wire,
    others: wire.others.filter(each => {
      const [port] = each.split(':');
      if (port === String(proxyPorts.inbound)) return failedHandshakes === 0;
      return !unseenPorts.includes(port);
    }),
  };
}

/** Where a call is counted, by what its client got. */
const countedAs = {
  allowed: ['admitted', 'probes'],
  forbidden: ['denied'],
  closed: ['denied'],
  noRoute: ['unrouted'],
  badRequest: ['unjudged'],
} as const satisfies Record<
  Observed,
  ReadonlyArray<Exclude<keyof PortTraffic, 'port'>>
>;

/** @returns the calls that a policy decided, and that are not counted as what became of them. */
function miscounted(
  server: string,
  calls: readonly RecordedCall[],
  { ports, unseenPorts }: SeenTraffic,
): string[] {
  return calls
    .filter(
      ({ target, port }) =>
        target.name === server &&
        port !== proxyPorts.admin &&
        !unseenPorts.includes(String(port)),
    )
    .flatMap(({ caller, port, observed, question }) => {
      if (!observed) return [];
      const counts = ports.find(each => each.port === port);
      const found = countedAs[observed].some(kind =>
        counts?.[kind].some(
          ({ identity, transport }) =>
            identity === caller.identity &&
            (transport === 'secured') === (caller.transport === 'mesh'),
        ),
      );
      return found ? [] : `${question} is not counted as ${observed}`;
    });
}

/** Not every recorded question asked for the port. */
function withoutPorts({ identities, others }: Seen): Seen {
  const kinds = others.map(each => each.replace(/^\d+: /, ''));
  return { identities, others: [...new Set(kinds)].sort() };
}

describeWhereRecorded(`traffic evidence of real proxies ${absent}`, () => {
  it.each(folders.map(folder => [basename(folder), folder]))(
    '%s',
    (_, folder) => {
      const { metrics, calls, evidenceOf, asProxySees } = evidenceIn(folder);
      if (!metrics) {
        expect(evidenceOf(nothingAnswered).kind).toBe('noData');
        return;
      }
      const { pod } = metrics.server;
      const clients = recordedClients(folder);
      expect(evidenceOf(metrics.answers, pod)).toMatchObject(
        metrics.refused
          ? { kind: 'noData', because: expect.stringContaining('up is 0') }
          : { kind: 'observed' },
      );
      const evidence = evidenceOf(metrics.behind, pod);
      if (evidence.kind === 'noData') throw new Error(evidence.because);
      const told = seenIn(evidence);
      const wire = onTheWire(folder, pod, clients, asProxySees);
      if (wire) {
        expect(told).toEqual(withoutUnseen(wire, evidence));
      } else if (clients.length > 0) {
        const sent = withoutUnseen(
          byClients(pod, calls, asProxySees),
          evidence,
        );
        expect(told).toEqual({
          identities: expect.arrayContaining(sent.identities),
          others: expect.arrayContaining(sent.others),
        });
        // A failed handshake leaves no trace of who it was: not all who tried are known, and nobody else is.
        expect(clients.map(({ identity }) => identity)).toEqual(
          expect.arrayContaining(told.identities),
        );
      }
      expect(miscounted(pod, calls, evidence)).toEqual([]);
      const [port] = calls.flatMap(each =>
        each.target.name === pod ? each.port : [],
      );
      const answers = recordedAnswers(folder, metrics.server, port);
      if (!answers) return;
      const asked = evidenceOf(answers, pod);
      expect(
        asked.kind === 'noData' ? asked.kind : withoutPorts(seenIn(asked)),
      ).toEqual(metrics.refused ? 'noData' : withoutPorts(told));
    },
  );
});
