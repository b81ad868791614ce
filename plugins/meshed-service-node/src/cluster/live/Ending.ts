/** Why a list or a watch did not go on. */
export type Ending =
  /** The server closed it, as it closes every watch after some minutes. */
  | { kind: 'closed' }
  /** We ended it ourselves: what hangs on that server cannot be trusted. */
  | { kind: 'cut' }
  /** What was to be continued is too old: everything has to be listed again (410). */
  | { kind: 'expired' }
  /** The credentials are refused, or may not do this (401, 403). */
  | { kind: 'forbidden'; because: string }
  /** The server does not serve the kind, or not in this version (404). */
  | { kind: 'notServed' }
  /** The server does not offer lists as streams. */
  | { kind: 'noStreams' }
  /** Anything that may be better the next time. */
  | { kind: 'failed'; because: string; retryAfter?: number };

/** Ends a list or a watch from within. */
export class Interruption extends Error {
  constructor(readonly ending: Ending) {
    super(ending.kind);
  }
}

/** @returns an interruption by something that may be better the next time; `because` follows a colon. */
export function failed(because: string, retryAfter?: number): Interruption {
  return new Interruption({
    kind: 'failed',
    because,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}
