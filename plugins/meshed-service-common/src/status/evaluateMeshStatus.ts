import type { Instant } from '../model';
import type { MeshedServiceSpec } from '../spec';
import type { TrafficEvidence } from '../traffic';
import { Check, checks, evaluateCheck, Facts, Outcome } from './checks';
import {
  Finding,
  MeshStatus,
  SourceStatus,
  State,
  states,
  Verdict,
} from './MeshStatus';
import {
  isCurrent,
  Observation,
  ObservedKind,
  observedKinds,
  verdictKinds,
  whyNotCurrent,
} from './Observation';
import { serversOfService } from './serversOfService';
import { answerPorts } from './ports';
import { currentTraffic, summaryOfTraffic } from './trafficSummary';
import { lowest, verdictOf } from './Standing';
import { restartStanding, standingOfPort, standingsOfPort } from './standings';
import { declaredOnly, nothingKnown, verdictWords } from './words';

/**
 * What is true of the mTLS of one service.
 *
 * @param spec - what was asked for; undefined when nobody is known to have asked.
 * @param traffic - undefined when no source is configured.
 * @param now - judges how old traffic and how near the end of a certificate is; nothing else depends on it.
 *
 * @public
 */
export function evaluateMeshStatus(
  spec: MeshedServiceSpec | undefined,
  observation: Observation,
  traffic: TrafficEvidence | undefined,
  now: Instant,
): MeshStatus {
  const current = currentTraffic(traffic, now);
  const facts = { spec, observation, traffic: current, now };
  const common = {
    service: observation.service,
    declared: spec !== undefined,
    traffic: summaryOfTraffic(current, observation.settings),
    ...observedAtOf(observation),
  };
  if (!isObserved(observation)) {
    const { label, meaning } = spec ? declaredOnly : nothingKnown;
    const because = whyNotCurrent(observation, ['Pod', 'Server']) ?? meaning;
    return {
      ...common,
      observed: false,
      verdict: { kind: 'unknown', because, atMost: 'enforced' },
      state: 'unknown',
      summary: `${label}. ${because}`,
      ports: [],
      findings: [],
      sources: sourcesOf(observation, verdictKinds),
    };
  }
  const ports = answerPorts(spec, observation);
  const standings =
    ports.length > 0
      ? ports.map(({ standing }) => standing)
      : [standingOfPort(observation, standingsOfPort(observation, 0))];
  const verdict = verdictOf(
    lowest([...standings, restartStanding(observation)]),
  );
  const found = outcomesOf(facts);
  const findings = found.map(presentFinding);
  const kinds = new Set([
    ...verdictKinds,
    ...found.flatMap(({ check }) => check.restsOn),
  ]);
  return {
    ...common,
    observed: true,
    verdict,
    state: stateOf(verdict, findings),
    summary: summaryOf(verdict, findings),
    ports: ports.map(({ status }) => status),
    findings,
    sources: sourcesOf(
      observation,
      observedKinds.filter(kind => kinds.has(kind)),
    ),
  };
}

/**
 * @returns whether at least one object of the service has been seen.
 *
 * @public
 */
export function isObserved(observation: Observation): boolean {
  return (
    observation.pods.length > 0 ||
    observation.externalWorkloads.length > 0 ||
    observation.workloads.length > 0 ||
    serversOfService(observation).length > 0 ||
    observation.namespace?.service === observation.service.name
  );
}

/**
 * @returns whether the sources are whole enough to say that a service that was not seen is not there.
 *
 * @public
 */
export function isKnownAbsent({
  observed,
  sources,
}: Pick<MeshStatus, 'observed' | 'sources'>): boolean {
  return !observed && seenBy.every(kind => isWhole(kind, sources));
}

/** Kinds by which a service is seen at all. */
const seenBy: readonly ObservedKind[] = ['Pod', 'Server', 'Namespace'];

function isWhole(kind: ObservedKind, sources: readonly SourceStatus[]) {
  const own = sources.filter(source => source.kind === kind);
  return (
    own.length > 0 && own.every(({ freshness: state }) => isCurrent({ state }))
  );
}

type Found = { check: Check; outcome: Outcome };

function outcomesOf(facts: Facts): Found[] {
  return checks.flatMap(check => {
    const outcome = evaluateCheck(check, facts);
    return outcome ? [{ check, outcome }] : [];
  });
}

/** What a finding may hold: more says nothing more to anybody, and thousands of policies would say it a thousand times. */
const atMost = { message: 2000, evidence: 50, value: 200 };

function presentFinding({ check, outcome }: Found): Finding {
  const { code, title } = check;
  return {
    code,
    title,
    ...outcome,
    message: cut(outcome.message, atMost.message),
    evidence: outcome.evidence
      .slice(0, atMost.evidence)
      .map(each =>
        each.value === undefined
          ? each
          : { ...each, value: cut(each.value, atMost.value) },
      ),
    docs: docsAnchor(code),
  };
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}

/**
 * @returns the anchor of a check in docs/checks.md.
 *
 * @public
 */
export function docsAnchor(code: string): string {
  return code.toLowerCase();
}

function stateOf(verdict: Verdict, findings: readonly Finding[]): State {
  const found = findings.map(({ state }) => state);
  if (verdict.kind === 'unknown') found.push('unknown');
  return states[Math.max(0, ...found.map(state => states.indexOf(state)))];
}

function summaryOf(verdict: Verdict, findings: readonly Finding[]): string {
  const { label, meaning } = verdictWords(verdict);
  const bad = findings.filter(
    ({ state }) => state === 'degraded' || state === 'missing',
  ).length;
  const attention =
    bad === 0
      ? ''
      : ` ${bad} ${bad === 1 ? 'finding needs' : 'findings need'} attention.`;
  return `${label}. ${meaning}${attention}`;
}

/** @returns how old and how whole what an answer rests on is. */
function sourcesOf(
  { source, freshness }: Observation,
  kinds: readonly ObservedKind[],
): SourceStatus[] {
  return kinds.map(kind => {
    const { state, observedAt, message } = freshness[kind];
    return {
      source,
      kind,
      freshness: state,
      ...(observedAt ? { observedAt } : {}),
      ...(message ? { message } : {}),
    };
  });
}

function observedAtOf({ freshness }: Observation): { observedAt?: Instant } {
  const [oldest] = verdictKinds
    .flatMap(kind => freshness[kind].observedAt ?? [])
    .sort();
  return oldest ? { observedAt: oldest } : {};
}
