import type { Machine } from '../machine';
import type { Figure } from './Figure';

export type Run = {
  at: string;
  command: string;
  machine: Machine;
  figures: Figure[];
};

/** The figures as a table in Markdown, which docs/performance.md takes as it is. */
export function asTable({ at, command, machine, figures }: Run): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const heads = ['Row', 'What', 'Measured', 'Bar', 'Reached'];
  const reachedOf = ({ reached }: Figure) => {
    if (reached === undefined) return '';
    return reached ? 'yes' : '**no**';
  };
  const rows = figures.map(figure =>
    line([
      figure.row,
      figure.note ? `${figure.what} (${figure.note})` : figure.what,
      figure.measured,
      figure.bar ?? '',
      reachedOf(figure),
    ]),
  );
  const judged = figures.filter(({ reached }) => reached !== undefined);
  const reached = judged.filter(each => each.reached);
  return [
    `\`${command}\`, ${at}. ${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB; Node ${machine.node}; ${machine.system}. Load of the machine: ${machine.loadBefore} before, ${machine.loadAfter} after.`,
    '',
    line(heads),
    line(heads.map(() => '---')),
    ...rows,
    '',
    `${reached.length} of ${judged.length} bars are reached.`,
  ].join('\n');
}
