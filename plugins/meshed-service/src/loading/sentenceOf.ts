import { ResponseError } from '@backstage/errors';

/** @returns what went wrong, in the words of whoever refused: `Request failed with 403 Forbidden` helps nobody. */
export function sentenceOf(thrown: unknown): string {
  if (thrown instanceof ResponseError)
    return thrown.body.error.message || thrown.message;
  return thrown instanceof Error ? thrown.message : String(thrown);
}
