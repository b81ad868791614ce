import { Dispatcher, request as send } from 'undici';
import { BrokenLine, brokenLine } from './brokenLine';
import { Clock, systemClock } from './Clock';
import {
  AnswerTooLargeError,
  TimeLimitError,
  UnreachableError,
} from './errors';
import { joinedHeaders } from './headers';
import { pauseAfter } from './pauses';
import { defaultRequestLimits, RequestLimits } from './RequestLimits';
import { sentence } from './words';

/** @public */
export type HttpRequest = {
  /** What is being attempted, on what and where, as in "reading Namespace payments in cluster eu-1". */
  attempted: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: URL;
  headers?: Record<string, string>;
  body?: string;
  /** Certificates and proxies. */
  dispatcher?: Dispatcher;
  /** Whether sending it twice does no more than sending it once. */
  repeatable: boolean;
  /** Whether another attempt may be answered otherwise. Default: 429, 500, 502, 503 and 504. */
  mayPass?: (answer: HttpAnswer) => boolean;
  /** Bytes of an answer that is read at most. Default: 64 MiB. */
  largestAnswer?: number;
  signal?: AbortSignal;
};

/** @public */
export type HttpAnswer = {
  status: number;
  /** By name in lower case; joined by commas where a header stands twice. */
  headers: Record<string, string>;
  text: string;
  /** Which attempt this is the answer to. */
  attempt: number;
  /** When it had been read, by our own clock. */
  receivedAt: number;
};

type Outcome = { answer: HttpAnswer } | { failure: Error; passing: boolean };

const LARGEST_ANSWER = 64 * 1024 * 1024;

/**
 * Sends requests: with a time limit each, cancellable, repeated only where the caller says that repeating is safe.
 *
 * @public
 */
export class HttpSender {
  constructor(
    private readonly limits: RequestLimits = defaultRequestLimits,
    readonly clock: Clock = systemClock,
  ) {}

  /**
   * @returns the last answer, whatever its status; redirects are answers, too, so that no credential follows them.
   * @throws UnreachableError, TimeLimitError or AnswerTooLargeError; the reason of the signal when it was aborted.
   */
  async send(request: HttpRequest): Promise<HttpAnswer> {
    const began = this.clock.now();
    for (let attempt = 1; ; attempt++) {
      request.signal?.throwIfAborted();
      const outcome = await this.attempt(request, attempt);
      const last = !request.repeatable || attempt >= this.limits.attempts;
      if (last || !mayPass(request, outcome)) return answerOf(outcome);
      const now = this.clock.now();
      const pause = pauseAfter(
        attempt,
        'answer' in outcome ? outcome.answer : undefined,
        this.limits,
        { now, chance: this.clock.random() },
      );
      if (now - began + pause > this.limits.totalMilliseconds)
        return answerOf(outcome);
      await this.clock.sleep(pause, request.signal);
    }
  }

  /**
   * Waits for something that a request needs first, such as a plugin that fetches a token, no longer than for an answer.
   *
   * @throws TimeLimitError with the given words; the reason of the signal when it was aborted.
   */
  async within<Result>(
    work: () => Promise<Result>,
    tooSlow: string,
    signal?: AbortSignal,
  ): Promise<Result> {
    signal?.throwIfAborted();
    let stop = () => {};
    const end = new Promise<never>((_, reject) => {
      const cancel = () => reject(signal?.reason);
      const timer = setTimeout(
        () => reject(new TimeLimitError(tooSlow)),
        this.limits.requestMilliseconds,
      );
      signal?.addEventListener('abort', cancel, { once: true });
      stop = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
      };
    });
    return Promise.race([work(), end]).finally(stop);
  }

  private async attempt(
    request: HttpRequest,
    attempt: number,
  ): Promise<Outcome> {
    const { url, method, headers, body, dispatcher, signal } = request;
    const limit = new AbortController();
    const cancel = () => limit.abort();
    const timer = setTimeout(cancel, this.limits.requestMilliseconds);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      const answer = await send(url, {
        method,
        headers,
        body,
        dispatcher,
        signal: limit.signal,
      });
      const text = await readBounded(
        answer.body,
        request.largestAnswer ?? LARGEST_ANSWER,
      );
      if (text === undefined)
        return { failure: tooLarge(request), passing: false };
      return {
        answer: {
          status: answer.statusCode,
          headers: joinedHeaders(answer.headers),
          text,
          attempt,
          receivedAt: this.clock.now(),
        },
      };
    } catch (error) {
      signal?.throwIfAborted();
      if (limit.signal.aborted)
        return {
          failure: this.tooSlow(request, attempt),
          passing: true,
        };
      const line = brokenLine(error);
      return {
        failure: unreachable(request, attempt, line),
        passing: line.passing,
      };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
    }
  }

  private tooSlow(request: HttpRequest, attempt: number): TimeLimitError {
    const seconds = this.limits.requestMilliseconds / 1000;
    return new TimeLimitError(
      `${sentence(request.attempted)} ${
        request.url.origin
      } did not answer within ${seconds} s${times(attempt)}.${
        request.method === 'GET' ? '' : ' It may have been done all the same.'
      } Repeat it; if it stays so, look at the server, or raise meshedService.timeouts.requestMilliseconds.`,
    );
  }
}

function mayPass(request: HttpRequest, outcome: Outcome): boolean {
  if ('failure' in outcome) return outcome.passing;
  return (request.mayPass ?? isPassing)(outcome.answer);
}

/** Whether a status says that the server could not do it just now. */
export function isPassing({ status }: Pick<HttpAnswer, 'status'>): boolean {
  return [429, 500, 502, 503, 504].includes(status);
}

function answerOf(outcome: Outcome): HttpAnswer {
  if ('failure' in outcome) throw outcome.failure;
  return outcome.answer;
}

function unreachable(
  { attempted, url }: HttpRequest,
  attempt: number,
  { because, wayOut }: BrokenLine,
): UnreachableError {
  return new UnreachableError(
    `${sentence(attempted)} ${url.origin} could not be asked: ${because}${times(
      attempt,
    )}. ${sentence(wayOut)}`,
  );
}

function tooLarge({
  attempted,
  url,
  largestAnswer = LARGEST_ANSWER,
}: HttpRequest): AnswerTooLargeError {
  return new AnswerTooLargeError(
    `${sentence(attempted)} The answer of ${url.origin} is larger than ${
      largestAnswer / 1024 / 1024
    } MiB, and was not read. Check that the address is right.`,
  );
}

function times(attempt: number): string {
  return attempt === 1 ? '' : `, ${attempt} times in a row`;
}

async function readBounded(
  body: AsyncIterable<Uint8Array>,
  largest: number,
): Promise<string | undefined> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.byteLength;
    if (size > largest) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
