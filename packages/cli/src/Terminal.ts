/** Where a command reads and writes. */
export type Terminal = {
  /** Prints a text as it is. */
  print(text: string): void;
  /** Says something about the work, apart from its result. */
  note(text: string): void;
  /** Standard input, as it comes. */
  readStdin(): AsyncIterable<Uint8Array>;
};

export const processTerminal: Terminal = {
  print: text => {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  },
  note: text => {
    process.stderr.write(`${text}\n`);
  },
  readStdin: () => process.stdin,
};
