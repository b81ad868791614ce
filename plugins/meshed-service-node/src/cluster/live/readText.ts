import type { StreamedAnswer } from '../../http';
import { failed } from './Ending';

/**
 * @returns the whole of an answer.
 * @throws Interruption when it is longer than it may be.
 */
export async function readText(
  { body }: StreamedAnswer,
  longest: number,
): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.byteLength;
    if (size > longest)
      throw failed(
        `an answer of the API server is larger than ${
          longest / 1024 / 1024
        } MiB`,
      );
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
