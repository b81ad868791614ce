import { ConnectionCutError, MalformedAnswerError } from './errors';

/** A receipt of a service with every list full has less than half of this. */
const LONGEST_LINE = 4 * 1024 * 1024;

/**
 * @returns each line of an answer as it comes.
 * @throws ConnectionCutError when the connection breaks, MalformedAnswerError for a line without end.
 */
export async function* readLines(
  response: Response,
  asked: string,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of response.body ?? []) {
      rest += decoder.decode(chunk, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE)
        throw new MalformedAnswerError(
          `${asked} was answered with a line of more than ${LONGEST_LINE} characters; is the backend plugin of the same version?`,
        );
      yield* lines.filter(line => line !== '');
    }
  } catch (error) {
    if (error instanceof MalformedAnswerError) throw error;
    throw new ConnectionCutError(
      `${asked}: the connection to the backend broke before the outcome. What was done stays; press Retry to finish.`,
      error,
    );
  }
  // Half a line is no line: the other half was cut off.
  if (rest !== '' && isWhole(rest)) yield rest;
}

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
