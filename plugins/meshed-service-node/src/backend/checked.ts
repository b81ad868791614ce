import { z } from 'zod';
import { MalformedAnswerError } from './errors';

/** @returns the value that a text holds. @throws MalformedAnswerError naming what is not as agreed. */
export function checked<Schema extends z.ZodTypeAny>(
  schema: Schema,
  text: string,
  asked: string,
): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed(asked, ['JSON']);
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw malformed(
    asked,
    read.error.issues.map(issue => issue.path.join('.') || 'the whole of it'),
  );
}

export function malformed(
  asked: string,
  fields: string[],
): MalformedAnswerError {
  return new MalformedAnswerError(
    `${asked}: the backend answered in a way that is not understood here (${fields
      .slice(0, 5)
      .join(', ')}). Is the backend plugin of the same version?`,
  );
}
