import {
  formatServiceRef,
  MeshStatus,
  SourceStatus,
  stateWords,
  trafficWords,
  verdictWords,
} from '@meshway/plugin-meshed-service-common';
import { ageOf } from './ageOf';

/** What is true of services, and since when, for people. */
export function presentStatuses(
  statuses: readonly MeshStatus[],
  place: string,
  now: Date,
): string {
  const doubts = [...new Set(statuses.flatMap(doubtsOf))];
  return [
    statuses.length > 0
      ? statuses.map(status => presentStatus(status, now)).join('\n\n')
      : `No service was found in ${place}.`,
    ...(doubts.length > 0
      ? [`\nNot all could be read:\n${doubts.join('\n')}`]
      : []),
  ].join('\n');
}

function presentStatus(status: MeshStatus, now: Date): string {
  return [
    `${formatServiceRef(status.service)}: ${
      verdictWords(status.verdict).label
    }, ${stateWords[status.state].label}`,
    `  ${status.summary}`,
    ...status.ports.map(
      ({ port, name, protocol, verdict, explanation }) =>
        `  port ${port}${name ? ` (${name})` : ''}, ${protocol}: ${
          verdictWords(verdict).label
        }. ${explanation}`,
    ),
    ...status.findings
      .filter(({ state }) => state !== 'ok')
      .map(
        ({ code, state, message, fix }) =>
          `  ${code} ${state}: ${message}${fix ? ` ${fix}` : ''}`,
      ),
    `  ${trafficWords(status.traffic)}`,
    ...seen(status, now),
  ].join('\n');
}

function seen({ observedAt, sources }: MeshStatus, now: Date): string[] {
  if (!observedAt) return [];
  const from = sources[0]?.source;
  return [
    `  Seen ${ageOf(observedAt, now)} ago${
      from ? ` in ${from}` : ''
    }, at ${observedAt}.`,
  ];
}

function doubtsOf({ sources }: MeshStatus): string[] {
  return sources
    .filter(({ freshness }) => !['current', 'notInstalled'].includes(freshness))
    .map(
      ({ kind, freshness, message }: SourceStatus) =>
        `  ${kind}: ${freshness}${message ? `, ${message}` : ''}`,
    );
}
