import {
  questionNames,
  questions,
  type Question,
  type TrafficAnswers,
  type TrafficRow,
} from '@meshway/plugin-meshed-service-common';

/** What a scraper read of one proxy, once or several times, and what it writes on each series. @public */
export type Scraped = {
  labels: Readonly<Record<string, string>>;
  /** In the format of `/metrics`. */
  texts: readonly string[];
  /** 0 where the scraper was refused. */
  up: number;
};

/**
 * Answers the questions as Prometheus would that began to scrape before the proxies started: every series begins within the
 * window, so that what happened in it is the highest value that was read.
 *
 * @public
 */
export function answersFrom(
  scraped: readonly Scraped[],
  about: Omit<TrafficAnswers, 'rows'>,
): TrafficAnswers {
  const series = scraped.flatMap(({ labels, texts, up }) => [
    ...highest(texts.map(parseSeries)).map(row => ({
      ...row,
      labels: { ...row.labels, ...labels },
    })),
    {
      labels: { __name__: 'up', control_plane_ns: 'linkerd', ...labels },
      value: up,
    },
  ]);
  const rows = new Map(
    questionNames.map(name => [name, answer(questions[name], series)] as const),
  );
  return { ...about, rows };
}

/** @returns the series of a text in Prometheus' format; the name of each is its label `__name__`. @public */
export function parseSeries(text: string): TrafficRow[] {
  return text.split('\n').flatMap(line => {
    const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (!match) return [];
    const [, name, labels = '', value] = match;
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
    return [
      {
        labels: {
          __name__: name,
          ...Object.fromEntries(
            pairs.map(([, label, text_]) => [label, text_]),
          ),
        },
        value: Number(value),
      },
    ];
  });
}

function highest(reads: readonly TrafficRow[][]): TrafficRow[] {
  const found = new Map<string, TrafficRow>();
  for (const row of reads.flat()) {
    const key = JSON.stringify(row.labels);
    const known = found.get(key);
    // Gauges are as they were last; counters of a proxy that restarted begin anew.
    const isLatest = /connections$|_seconds$/.test(row.labels.__name__);
    if (!known || isLatest || row.value > known.value) found.set(key, row);
  }
  return [...found.values()];
}

function answer(question: Question, series: readonly TrafficRow[]) {
  const sums = new Map<string, TrafficRow>();
  for (const { labels, value } of series) {
    if (!question.select.some(matchers => matchers.every(satisfiedBy(labels))))
      continue;
    const kept = question.by.flatMap(label =>
      labels[label] ? [[label, labels[label]]] : [],
    );
    const key = JSON.stringify(kept);
    const known = sums.get(key)?.value;
    sums.set(key, {
      labels: Object.fromEntries(kept),
      value:
        question.measure === 'now'
          ? Math.max(known ?? value, value)
          : (known ?? 0) + value,
    });
  }
  return [...sums.values()].filter(
    ({ value }) => question.measure === 'now' || value > 0,
  );
}

const satisfiedBy =
  (labels: TrafficRow['labels']) =>
  ({ label, is, value }: Question['select'][number][number]): boolean => {
    const actual = labels[label] ?? '';
    const matches = is.endsWith('~')
      ? new RegExp(`^(?:${value})$`).test(actual)
      : actual === value;
    return is.startsWith('!') ? !matches : matches;
  };
