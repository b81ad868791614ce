import { Turns } from '../../turns';
import { failed } from './Ending';
import { LONGEST_LINE } from './WatchLimits';

const NEWLINE = 10;

/**
 * @returns the lines of a stream, each as soon as it is whole. Others get their turn in between, however fast it comes.
 * @throws Interruption when a line is longer than any object.
 */
export async function* linesOf(
  body: AsyncIterable<Uint8Array>,
  turnMilliseconds: number,
): AsyncGenerator<string> {
  const turns = new Turns(turnMilliseconds);
  let pieces: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (
      let end = bytes.indexOf(NEWLINE);
      end >= 0;
      end = bytes.indexOf(NEWLINE, from)
    ) {
      pieces.push(bytes.subarray(from, end));
      const line = Buffer.concat(pieces).toString('utf8');
      pieces = [];
      size = 0;
      from = end + 1;
      if (line.trim() !== '') yield line;
      if (turns.isOver) await turns.pass();
    }
    if (from < bytes.length) {
      pieces.push(bytes.subarray(from));
      size += bytes.length - from;
      if (size > LONGEST_LINE)
        throw failed('the API server sends a line without an end');
    }
  }
  if (size > 0) throw failed('the connection broke in the middle of an object');
}
