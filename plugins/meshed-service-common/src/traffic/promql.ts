import { Matcher, Question, QuestionName, questions } from './questions';

/**
 * How far back is asked, and which series of a Prometheus are those of the cluster.
 *
 * @public
 */
export type Scope = {
  windowSeconds: number;
  /** Labels that every series of the cluster carries, where one Prometheus holds several clusters. */
  labels?: Readonly<Record<string, string>>;
};

/**
 * @returns a question in PromQL: one vector for all services of the cluster.
 *
 * @public
 */
export function promqlOf(name: QuestionName, scope: Scope): string {
  return promql(questions[name], scope);
}

/** @returns a question in PromQL. */
export function promql(
  { select, by, measure }: Question,
  { windowSeconds, labels = {} }: Scope,
): string {
  const always = Object.entries(labels).map(
    ([label, value]): Matcher => ({ label, is: '=', value }),
  );
  const selected = select.map(matchers => selector([...matchers, ...always]));
  const window = `${windowSeconds}s`;
  const each = selected.map(series => measured(series, measure, window));
  const aggregate = measure === 'now' ? 'max' : 'sum';
  const filter = measure === 'now' ? '' : ' > 0';
  return `${aggregate} by (${by.join(',')}) (${each.join(' or ')})${filter}`;
}

function measured(
  series: string,
  measure: Question['measure'],
  window: string,
): string {
  switch (measure) {
    case 'now':
      return series;
    case 'lowest':
      return `min_over_time(${series}[${window}])`;
    default: {
      // A series appears with its first event, which increase() cannot see: what was not there before the window began.
      const grown = `increase(${series}[${window}])`;
      const begun = `(min_over_time(${series}[${window}]) unless ${series} offset ${window})`;
      return `((${grown} + ${begun}) or ${grown} or ${begun})`;
    }
  }
}

function selector(matchers: readonly Matcher[]): string {
  return `{${matchers
    .map(({ label, is, value }) => `${label}${is}${JSON.stringify(value)}`)
    .join(',')}}`;
}
