import { InputError } from '@backstage/errors';

/** One thing that is wrong with a request: where, and what would be right. @public */
export type SpecProblem = {
  /** Path of the field, as in `ports[0].clients[2].serviceAccount`; empty for the request as a whole. */
  path: string;
  message: string;
};

/** More problems than this help nobody. */
const shown = 50;

/** A request that was refused at the door. Nothing has been written. @public */
export class InvalidSpecError extends InputError {
  readonly problems: readonly SpecProblem[];

  constructor(problems: readonly SpecProblem[]) {
    const lines = problems
      .slice(0, shown)
      .map(({ path, message }) => (path ? `${path}: ${message}` : message));
    if (problems.length > shown)
      lines.push(`… and ${problems.length - shown} more problems`);
    super(lines.join('\n'));
    this.problems = problems;
  }
}

/** @returns a path in the notation of every error text of the suite. @public */
export function formatPath(path: ReadonlyArray<string | number>): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** Characters that a log or a terminal would not show, or would obey. */
const invisible =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;

/**
 * @returns a value as it may be quoted in an error text: on one line, short, and with nothing hidden in it.
 * @public
 */
export function quote(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value !== 'string') return String(value);
  const characters = Array.from(value.slice(0, 120));
  const cut = characters.length > 55 || value.length > 120;
  const text = (cut ? characters.slice(0, 55).join('') : value).replace(
    invisible,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${text}${cut ? '…' : ''}"`;
}
