import { basename } from 'node:path';
import {
  readRecorded,
  RecordedCall,
  recordedCalls,
  recordedClients,
  recordedSettings,
  WireConnection,
} from '../mesh/linkerd/__testUtils__/calls';
import { Observed } from '../mesh/linkerd/__testUtils__/outcomes';
import { recordedFolders } from '../mesh/linkerd/__testUtils__/recordings';
import {
  inboundPolicy,
  inPorts,
  parsePorts,
  readLinkerdObjects,
} from '../mesh';
import { proxyPorts } from '../model';
import {
  nothingAnswered,
  recordedAnswers,
  serverMetrics,
  ServerMetrics,
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
  asProxySees: AsProxySees,
): Seen | undefined {
  const wire = readRecorded<WireConnection[]>(folder, 'wire.json');
  const identityOf = (pod: string) =>
    recordedClients(folder).find(each => each.pod === pod)?.identity ??
    undefined;
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
      const port = Number(each.split(':')[0]);
      if (port === proxyPorts.inbound) return failedHandshakes === 0;
      return !isUnseen(unseenPorts, port);
    }),
  };
}

/** Ports stand there as in an annotation: alone, or from one to another. */
function isUnseen(unseenPorts: readonly string[], port: number): boolean {
  return inPorts(parsePorts(unseenPorts.join(',')) ?? [], port);
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
        !isUnseen(unseenPorts, port),
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

/** @returns every way in which the evidence and what was recorded differ. */
function differencesIn(folder: string): string[] {
  const { metrics, calls, evidenceOf, asProxySees } = evidenceIn(folder);
  if (!metrics) {
    const { kind } = evidenceOf(nothingAnswered);
    return kind === 'noData' ? [] : ['Evidence without any proxy.'];
  }
  const { pod } = metrics.server;
  const evidence = evidenceOf(metrics.behind, pod);
  if (evidence.kind === 'noData') return [evidence.because];
  const told = seenIn(evidence);
  const wire = onTheWire(folder, pod, asProxySees);
  const sent = withoutUnseen(
    wire ?? byClients(pod, calls, asProxySees),
    evidence,
  );
  const clients = recordedClients(folder).flatMap(each => each.identity ?? []);
  // A failed handshake leaves no trace of who it was: without a record of the wire, not all who tried are known.
  const could = wire ? sent : { ...told, identities: clients };
  return [
    ...scrapeDifferences(evidenceOf(metrics.answers, pod), metrics.refused),
    ...missing(sent, told).map(each => `${each} is not told of`),
    ...(clients.length > 0 ? missing(told, could) : []).map(
      each => `${each} was not there`,
    ),
    ...miscounted(pod, calls, evidence),
    ...answerDifferences(folder, metrics, told, answers =>
      evidenceOf(answers, pod),
    ),
  ];
}

function missing(wanted: Seen, found: Seen): string[] {
  const all = [...found.identities, ...found.others];
  return [...wanted.identities, ...wanted.others].filter(
    each => !all.includes(each),
  );
}

/** A scrape that is refused leaves nothing, and the evidence says why. */
function scrapeDifferences(
  evidence: TrafficEvidence,
  refused: boolean,
): string[] {
  if (evidence.kind === 'observed')
    return refused ? ['Evidence from a scrape that was refused.'] : [];
  return refused && /up is 0/.test(evidence.because) ? [] : [evidence.because];
}

/** What a real Prometheus answered leads to the same evidence as the text that it scraped. */
function answerDifferences(
  folder: string,
  { server, refused }: ServerMetrics,
  told: Seen,
  evidenceOf: (answers: TrafficAnswers) => TrafficEvidence,
): string[] {
  const { calls } = recordedCalls(folder);
  const port = calls.find(({ target }) => target.name === server.pod)?.port;
  const answers = recordedAnswers(folder, server, port ?? 0);
  if (!answers) return [];
  const evidence = evidenceOf(answers);
  if (evidence.kind === 'noData')
    return refused ? [] : [`Prometheus: ${evidence.because}`];
  const asked = withoutPorts(seenIn(evidence));
  return [
    ...missing(asked, withoutPorts(told)),
    ...missing(withoutPorts(told), asked),
  ].map(each => `Prometheus and its source differ in ${each}`);
}

describeWhereRecorded(`traffic evidence of real proxies ${absent}`, () => {
  it.each(folders.map(folder => [basename(folder), folder]))(
    '%s',
    (_, folder) => {
      expect(differencesIn(folder)).toEqual([]);
    },
  );
});
