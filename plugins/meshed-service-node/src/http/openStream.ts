import { request as send } from 'undici';
import { brokenLine } from './brokenLine';
import { TimeLimitError, UnreachableError } from './errors';
import { joinedHeaders } from './headers';
import type { HttpRequest } from './HttpSender';
import { sentence } from './words';

/** A question of which the answer is read as it comes, for as long as it takes. */
export type StreamRequest = Pick<
  HttpRequest,
  'attempted' | 'url' | 'headers' | 'dispatcher' | 'signal'
> & {
  /** Longest wait until the answer begins. */
  answerMilliseconds: number;
};

/** An answer that has begun. Whoever reads its body only in part ends the connection. @public */
export type StreamedAnswer = {
  status: number;
  /** By name in lower case; joined by commas where a header stands twice. */
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array>;
};

/**
 * Asks once, without repeating: whoever reads a stream knows best where to go on.
 *
 * @throws UnreachableError or TimeLimitError; the reason of the signal when it was aborted.
 */
export async function openStream({
  attempted,
  url,
  headers,
  dispatcher,
  signal,
  answerMilliseconds,
}: StreamRequest): Promise<StreamedAnswer> {
  signal?.throwIfAborted();
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), answerMilliseconds);
  try {
    const answer = await send(url, {
      method: 'GET',
      headers,
      dispatcher,
      signal: signal ? AbortSignal.any([signal, limit.signal]) : limit.signal,
      // How long a stream may be quiet is for its reader to say.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    // A line that breaks while nobody reads is told to whoever reads next, and ends no process.
    answer.body.on('error', () => undefined);
    return {
      status: answer.statusCode,
      headers: joinedHeaders(answer.headers),
      body: answer.body,
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (limit.signal.aborted)
      throw new TimeLimitError(
        `${sentence(attempted)} ${url.origin} did not answer within ${
          answerMilliseconds / 1000
        } s.`,
      );
    const { because, wayOut } = brokenLine(error);
    throw new UnreachableError(
      `${sentence(attempted)} ${
        url.origin
      } could not be asked: ${because}. ${sentence(wayOut)}`,
    );
  } finally {
    clearTimeout(timer);
  }
}
