/** Where a command reads and writes. */
export type Terminal = {
  /** Prints a text as it is. */
  print(text: string): void;
  /** Says something about the work, apart from its result. */
  note(text: string): void;
  /** Everything that standard input holds. */
  readStdin(): Promise<string>;
};

export const processTerminal: Terminal = {
  print: text => {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  },
  note: text => {
    process.stderr.write(`${text}\n`);
  },
  async readStdin() {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString('utf8');
  },
};
