import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  Failure,
  NDJSON,
  Progress,
  ProvisioningReceipt,
  Verification,
} from '@meshway/plugin-meshed-service-common';
import {
  GuardrailViolationError,
  PreflightError,
} from '@meshway/plugin-meshed-service-node';
import type { Request, Response } from 'express';
import { untilSignInEnds } from './caller';

/** What long work is given: when to stop, and whom to tell how far it is. */
export type Running = {
  signal: AbortSignal;
  onStep: (step: string) => void;
};

/** What long work ends with. */
export type Outcome =
  | { receipt: ProvisioningReceipt }
  | { verification: Verification };

/**
 * Answers with the outcome, or, for clients that ask for it, with a line per step and the outcome as the last. When the
 * connection closes or the caller's sign-in ends, the work is told to stop.
 */
export async function respondWith(
  request: Request,
  response: Response,
  logger: LoggerService,
  work: (running: Running) => Promise<Outcome>,
): Promise<void> {
  const closed = untilClosed(response);
  const { ended, forget } = untilSignInEnds(request);
  const signal = AbortSignal.any([closed, ended]);
  const inLines = request.accepts(['application/json', NDJSON]) === NDJSON;
  const write = (line: Progress) => {
    if (!response.headersSent) beginLines(response);
    response.write(`${JSON.stringify(line)}\n`);
  };
  const onStep = (step: string) => {
    if (inLines && !closed.aborted) write({ step });
  };
  try {
    const outcome = await work({ signal, onStep });
    if (closed.aborted) return;
    if (inLines) {
      write(outcome);
      response.end();
    } else
      response.json(
        'receipt' in outcome ? outcome.receipt : outcome.verification,
      );
  } catch (caught) {
    // Nobody listens any more, and the audit event has the error.
    if (closed.aborted) return;
    // Whatever was stopped says so in words of its own; the reason is the way out.
    const error = ended.aborted ? ended.reason : caught;
    if (!response.headersSent) throw error;
    write({ error: failureFrom(toError(error), logger) });
    response.end();
  } finally {
    forget();
  }
}

/** @returns a signal that fires when the client goes away before it has its answer, or has gone already. */
export function untilClosed(response: Response): AbortSignal {
  const cancel = new AbortController();
  const stop = () => {
    if (!response.writableFinished)
      cancel.abort(
        new Error(
          'The client closed the connection, so no more was written. Repeat the request to finish.',
        ),
      );
  };
  // Who asks is found out first, and whoever has gone meanwhile is not told of a second time.
  if (response.closed) stop();
  else response.once('close', stop);
  return cancel.signal;
}

function beginLines(response: Response): void {
  response.status(200).set({
    'Content-Type': NDJSON,
    // Compression and buffering proxies would keep the lines back until the end.
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
}

/** Names of Backstage's errors, as its error responses read them. */
const statuses: ReadonlyMap<string, number> = new Map([
  ['InputError', 400],
  ['AuthenticationError', 401],
  ['NotAllowedError', 403],
  ['NotFoundError', 404],
  ['ConflictError', 409],
  ['ServiceUnavailableError', 503],
]);

function failureFrom(error: Error, logger: LoggerService): Failure {
  const { name, message } = error;
  const status = statuses.get(name) ?? 500;
  if (status >= 500) logger.error(`Request failed with ${status}`, error);
  return {
    name,
    message,
    status,
    ...(error instanceof PreflightError
      ? { problems: [...error.problems] }
      : {}),
    ...(error instanceof GuardrailViolationError
      ? { violations: [...error.violations] }
      : {}),
  };
}
