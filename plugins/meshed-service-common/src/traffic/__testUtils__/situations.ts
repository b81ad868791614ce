import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRecorded } from '../../mesh/linkerd/__testUtils__/calls';
import type { Timeline } from '../../mesh/linkerd/__testUtils__/timeline';
import type { QuestionName } from '../questions';
import { questionNames } from '../questions';
import type { TrafficAnswers, TrafficRow } from '../TrafficIndex';
import { answersFrom } from '@meshway/plugin-meshed-service-common/testUtils';

type Server = {
  pod: string;
  namespace: string;
  meshed: boolean;
  identity: string | null;
};

const about = {
  source: 'recorded',
  observedAt: '2026-11-21T10:30:00Z',
  windowSeconds: 60,
};

/** Of a Prometheus that knows no proxy. */
export const nothingAnswered = answersFrom([], about);

/** What a scraper of a situation's server would have: `refused` where a read from outside of the pod was. */
export type ServerMetrics = {
  server: Server;
  refused: boolean;
  answers: TrafficAnswers;
  /** What stands in the metrics that nobody from outside could read; the same as `answers` elsewhere. */
  behind: TrafficAnswers;
};

/** @returns the metrics of the server of a situation; undefined where there is none. */
export function serverMetrics(folder: string): ServerMetrics | undefined {
  const { server } = readRecorded<{ server: Server | null }>(
    folder,
    'situation.json',
  ) ?? { server: null };
  if (!server?.meshed) return undefined;
  const labels = { namespace: server.namespace, pod: server.pod };
  const texts = readsOf(folder);
  const refused =
    texts.length === 0 || texts[texts.length - 1].startsWith('# read over');
  return {
    server,
    refused,
    answers: answersFrom(
      [{ labels, texts: refused ? [] : texts, up: refused ? 0 : 1 }],
      about,
    ),
    behind: answersFrom([{ labels, texts, up: 1 }], about),
  };
}

/** Steps of a timeline are further reads of the same proxy, in its order; without one, other files are of other proxies. */
function readsOf(folder: string): string[] {
  const timeline = readRecorded<Timeline>(folder, 'timeline.json');
  const order = (timeline ?? []).map(({ event }) =>
    event.replace(/^metrics read: (.+)$/, 'server-$1.prom'),
  );
  const steps = readdirSync(folder)
    .filter(name => timeline && /^server-.+\.prom$/.test(name))
    .sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return [...steps, 'server.prom']
    .map(name => join(folder, name))
    .filter(file => existsSync(file))
    .map(file => readFileSync(file, 'utf8'));
}

type RecordedQueries = {
  evaluatedAt: number;
  pods: Record<
    string,
    {
      role: string;
      queries: Array<{ name: string; result: TrafficRow[] }>;
    }
  >;
};

/** Our questions, by the names of those that a real Prometheus answered in the recording. */
const recordedAs: Partial<Record<QuestionName, string>> = {
  httpAllowed: 'http allowed',
  tcpAllowed: 'tcp allowed',
  httpDenied: 'http denied, current values',
  tcpDenied: 'tcp denied',
  tcpTerminated: 'tcp terminated',
  unrouted: 'route not found',
  rateLimited: 'rate limited',
  connections: 'tcp connections by tls, current values',
  up: 'up',
  certificateExpires: 'certificate expires in seconds',
};

/**
 * @param port - what series without a port are taken for: not every recorded question asked for it.
 * @returns what a real Prometheus answered about the server of a situation; undefined where none was asked.
 */
export function recordedAnswers(
  folder: string,
  { namespace, pod }: Server,
  port: number,
): TrafficAnswers | undefined {
  const recorded = readRecorded<RecordedQueries>(folder, 'prometheus.json');
  const queries = Object.values(recorded?.pods ?? {}).find(
    ({ role }) => role === 'server',
  )?.queries;
  if (!recorded || !queries) return undefined;
  const resultOf = (name: QuestionName) =>
    queries.find(each => each.name === recordedAs[name])?.result ?? [];
  const rows = new Map(
    questionNames.map(name => [
      name,
      resultOf(name).map(({ labels, value }) => ({
        labels: { srv_port: String(port), ...labels, namespace, pod },
        // What was asked for is what is left; our question asks for the end.
        value:
          name === 'certificateExpires' ? value + recorded.evaluatedAt : value,
      })),
    ]),
  );
  return {
    ...about,
    observedAt: new Date(recorded.evaluatedAt * 1000).toISOString(),
    rows,
  };
}
