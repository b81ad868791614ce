import type { Instant } from '../model';
import { promql } from './promql';
import { clientOf, SeenClient } from './SeenClient';
import { Question, questions } from './questions';
import type { TrafficRow } from './TrafficIndex';

/**
 * Whom enforcement would deny, and in which time that was looked at. `nobody` is evidence only because proxies were scraped
 * all the time, and everybody who came in was judged by audit.
 *
 * @public
 */
export type AuditEvidence = {
  outcome: 'nobody' | 'somebody' | 'insufficient';
  /** One sentence for people. */
  because: string;
  callers: Array<SeenClient & { port: number }>;
  windowSeconds: number;
  source: string;
  observedAt: Instant;
};

/**
 * Whose audit is looked at: by the names of its Servers, and by its workload where no Server claims a port.
 *
 * @public
 */
export type AuditSubject = {
  namespace: string;
  servers: readonly string[];
  workload: string;
};

/** How much of the window proxies must have been scraped in. */
const NEEDED_COVERAGE = 0.95;

const asked = ['httpAllowed', 'tcpAllowed'] as const;

/**
 * @returns what is asked about one namespace over the whole window: who was let in by a default, and, last, how long proxies
 *   were scraped.
 *
 * @public
 */
export function auditQueries(
  { namespace }: Pick<AuditSubject, 'namespace'>,
  scope: { windowSeconds: number; labels?: Readonly<Record<string, string>> },
): { allowed: string[]; coverage: string } {
  const { windowSeconds, labels } = scope;
  const within = { windowSeconds, labels: { ...labels, namespace } };
  const allowed = asked.map(name => {
    const { select, by, measure } = questions[name];
    const byDefault: Question = {
      select: select.map(matchers => [
        ...matchers,
        { label: 'authz_kind', is: '=', value: 'default' },
        { label: 'authz_name', is: '!~', value: 'probe|localhost' },
      ]),
      by: [...by, 'srv_kind', 'srv_name'],
      measure,
    };
    return promql(byDefault, within);
  });
  const step = stepOf(windowSeconds);
  const up = promql({ ...questions.up, by: ['namespace', 'pod'] }, within);
  const average = `avg by (namespace) (${up})`;
  return {
    allowed,
    coverage: `sum_over_time((${average})[${windowSeconds}s:${step}s]) / ${Math.floor(
      windowSeconds / step,
    )}`,
  };
}

/**
 * @returns what the answers to the queries mean.
 *
 * @public
 */
export function auditEvidenceOf(
  subject: AuditSubject,
  answers: {
    allowed: readonly TrafficRow[];
    coverage: readonly TrafficRow[];
  },
  about: Pick<AuditEvidence, 'windowSeconds' | 'source' | 'observedAt'>,
): AuditEvidence {
  const own = answers.allowed.filter(
    ({ labels, value }) => value > 0 && isOf(subject, labels),
  );
  const callers = unique(own.filter(({ labels }) => isAudit(labels)));
  if (callers.length > 0) {
    const because = `Enforcement would deny callers of the window.`;
    return { outcome: 'somebody', because, callers, ...about };
  }
  const insufficient = (because: string): AuditEvidence => ({
    ...{ outcome: 'insufficient', because, callers: [] },
    ...about,
  });
  const coverage = Math.max(0, ...answers.coverage.map(({ value }) => value));
  if (coverage < NEEDED_COVERAGE)
    return insufficient(
      `Proxies of namespace ${subject.namespace} were scraped in ${Math.floor(
        coverage * 100,
      )} % of the window only.`,
    );
  const [unjudged] = own.filter(({ labels }) => !isAudit(labels));
  if (unjudged)
    return insufficient(
      `The service was not in audit for the whole window: clients were let in by ${unjudged.labels.authz_name}.`,
    );
  return {
    ...{ outcome: 'nobody', callers: [], ...about },
    because: 'Nobody called in the window whom enforcement would deny.',
  };
}

function isOf(
  { servers, workload }: AuditSubject,
  labels: TrafficRow['labels'],
): boolean {
  if (labels.srv_kind === 'server') return servers.includes(labels.srv_name);
  const { deployment = '', pod = '' } = labels;
  return deployment === workload || pod.startsWith(`${workload}-`);
}

function isAudit({ authz_name: name }: TrafficRow['labels']): boolean {
  return name === 'audit';
}

function unique(rows: readonly TrafficRow[]): AuditEvidence['callers'] {
  const found = new Map(
    rows.map(({ labels }) => {
      const port = Number(labels.srv_port);
      const client = clientOf(labels);
      return [
        `${port} ${client.transport} ${client.identity}`,
        { ...client, port },
      ];
    }),
  );
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each]) => each);
}

/** Some two hundred looks at a window, and never more than one a minute. */
function stepOf(windowSeconds: number): number {
  return Math.max(60, Math.ceil(windowSeconds / 200));
}
