import {
  questionNames,
  TrafficIndex,
  trafficOf,
  type Observation,
  type QuestionName,
  type TrafficAnswers,
  type TrafficEvidence,
  type TrafficRow,
} from '@meshway/plugin-meshed-service-common';

/** What a Prometheus answered: labels and value of each row in one object, question by question. @public */
export type SomeRows = Partial<
  Record<QuestionName, ReadonlyArray<Record<string, string | number>>>
>;

/** One round of answers about pod `shop/web-1`, and others where a row names them. @public */
export function someAnswers(
  rows: SomeRows,
  about: Partial<Omit<TrafficAnswers, 'rows'>> = {},
): TrafficAnswers {
  const rowOf = ({
    value,
    ...labels
  }: Record<string, string | number>): TrafficRow => ({
    labels: {
      ...{ namespace: 'shop', pod: 'web-1' },
      ...Object.fromEntries(
        Object.entries(labels).map(([label, text]) => [label, String(text)]),
      ),
    },
    value: Number(value),
  });
  return {
    ...{ source: 'Prometheus', observedAt: '2026-01-31T10:00:00Z' },
    windowSeconds: 600,
    ...about,
    rows: new Map(
      questionNames.map(name => [name, (rows[name] ?? []).map(rowOf)]),
    ),
  };
}

/** What is known of the traffic of a service that was observed. Its proxies are scraped, unless the rows of `up` say otherwise. @public */
export function aTrafficEvidence(
  observation: Observation,
  rows: SomeRows = {},
): TrafficEvidence {
  const up = observation.pods.map(({ name: pod }) => ({ pod, value: 1 }));
  return trafficOf(observation, TrafficIndex.of(someAnswers({ up, ...rows })));
}
