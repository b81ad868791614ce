import type { Run } from './provision';

/** The figures as a table in Markdown, which docs/performance.md takes as it is. */
export function asTable(run: Run): string {
  const { machine, runs, memory } = run;
  const rows = runs.flatMap(({ services, operations }) =>
    Object.entries(operations).map(([operation, measured]) => {
      const { milliseconds, requests, servicesPerSecond } = measured;
      // Another program's requests are not seen.
      const each = (count: number) =>
        requests.all === 0
          ? ''
          : String(Math.round((count / measured.services) * 10) / 10);
      const { read, review, dryRun, write } = requests.byClass;
      return [
        String(services),
        operation,
        ...[requests.all, read, review, dryRun, write].map(each),
        String(Math.round(milliseconds.median)),
        String(Math.round(milliseconds.p95)),
        String(servicesPerSecond),
      ];
    }),
  );
  const heads = [
    'Services',
    'Operation',
    'Requests each',
    'read',
    'review',
    'dry run',
    'write',
    'ms, median',
    'ms, p95',
    'services/s',
  ];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB; Node ${machine.node}; ${machine.system}; ${run.parallel} at once; ${run.at}`,
    `Load of the machine: ${machine.loadBefore} before, ${machine.loadAfter} after. Peak memory of the process: ${memory.peakMiB} MiB (${memory.loadedMiB} MiB of it once everything was loaded).`,
    '',
    line(heads),
    line(heads.map(() => '---')),
    ...rows.map(line),
    '',
    ...Object.entries(run.ratios).map(([what, ratio]) => `${what}: ${ratio}`),
  ].join('\n');
}
