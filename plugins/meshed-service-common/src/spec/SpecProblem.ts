import { InputError } from '@backstage/errors';

/** One thing that is wrong with a request: where, and what would be right. */
export type SpecProblem = {
  /** Path of the field, as in `ports[0].clients[2].serviceAccount`; empty for the request as a whole. */
  path: string;
  message: string;
};

/** A request that was refused at the door. Nothing has been written. */
export class InvalidSpecError extends InputError {
  readonly problems: readonly SpecProblem[];

  constructor(problems: readonly SpecProblem[]) {
    super(
      problems
        .map(({ path, message }) => (path ? `${path}: ${message}` : message))
        .join('\n'),
    );
    this.problems = problems;
  }
}

/** @returns a path in the notation of every error text of the suite. */
export function formatPath(path: ReadonlyArray<string | number>): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** @returns a value as it may be quoted in an error text: on one line, and short. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}
