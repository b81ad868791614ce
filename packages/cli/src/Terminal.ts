import { fitted, Screen } from './fitted';

/** Where a command reads and writes. */
export type Terminal = {
  /** Prints a text as it is. */
  print(text: string): void;
  /** Shows a text in place of what was shown; absent where there is no screen, but a file or a pipe. */
  redraw?: (text: string) => void;
  /** Says something about the work, apart from its result. */
  note(text: string): void;
  /** Standard input, as it comes. */
  readStdin(): AsyncIterable<Uint8Array>;
  /** Asks whoever sits there. @returns undefined where nobody does. */
  ask(question: string, signal: AbortSignal): Promise<string | undefined>;
};

/** One row is left for the end of the last line. */
const screen = (): Screen => ({
  rows: (process.stdout.rows || Infinity) - 1,
  columns: process.stdout.columns || Infinity,
});

export const processTerminal: Terminal = {
  print: text => {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  },
  ...(process.stdout.isTTY
    ? {
        redraw: (text: string) =>
          // To the top; then each line over what stood there, and what is left below it.
          void process.stdout.write(
            `\x1b[H${fitted(text, screen()).replaceAll(
              '\n',
              '\x1b[K\n',
            )}\x1b[K\n\x1b[J`,
          ),
      }
    : {}),
  note: text => {
    process.stderr.write(`${text}\n`);
  },
  readStdin: () => process.stdin,
  ask: async (question, signal) => {
    if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
    const { createInterface } = await import('node:readline/promises');
    const lines = createInterface({
      input: process.stdin,
      output: process.stderr,
    });
    // A terminal that is read line by line keeps ctrl-C to itself.
    lines.on('SIGINT', () => process.emit('SIGINT', 'SIGINT'));
    // The end of the input is an answer, too.
    const ended = new Promise<string>(resolve => {
      lines.once('close', () => resolve(''));
    });
    try {
      return await Promise.race([lines.question(question, { signal }), ended]);
    } finally {
      lines.close();
    }
  },
};
