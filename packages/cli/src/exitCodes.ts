/** What a script may rely on. Documented in `--help` and docs/cli.md; a test compares them. */
export const exitCodes = {
  /** Done, and all is well. */
  ok: 0,
  /** Refused: the request cannot work, a guardrail is violated, or a service is not well. */
  refused: 1,
  /** The command line is wrong, or an input cannot be read. */
  unreadable: 2,
  /** Too little is known to say, or something waits for others. */
  unknown: 3,
  /** A plan that has something to do. */
  changes: 4,
  /** A system cannot be asked just now. */
  unavailable: 5,
  /** Stopped by ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export const exitCodeHelp = `
Exit codes
  0  done, and all is well; plan: there is nothing to do
  1  refused: the request cannot work, a guardrail is violated, a service is not well
  2  the command line is wrong, or an input cannot be read
  3  too little is known to say, or something waits for others: repeat it
  4  there is something to do (plan)
  5  a system cannot be asked just now: unreachable, sealed, credentials at an end
  130  stopped by ctrl-C; what was written stays, repeating finishes it`;
