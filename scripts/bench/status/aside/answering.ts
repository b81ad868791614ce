/** What a program can be asked. */
export type Answers = Record<string, (argument: never) => unknown>;

type Question = { id: number; question: string; argument: unknown };

/** Answers the questions of whoever started this process, and ends when nobody is there to ask any more. */
export function answering(answers: Answers): void {
  process.on('message', message => {
    const { id, question, argument } = message as Question;
    const work = Object.hasOwn(answers, question)
      ? async () => answers[question](argument as never)
      : async () => {
          throw new Error(`"${question}" is no question`);
        };
    work().then(
      answer => process.send?.({ id, answer }),
      (error: unknown) =>
        process.send?.({
          id,
          problem: error instanceof Error ? error.stack : String(error),
        }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
