import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  authorOf,
  SignInExpiredError,
} from '@meshway/plugin-meshed-service-node';
import type { WriteOptions } from '@meshway/plugin-meshed-service-node';
import type { Request } from 'express';
import type { RouterServices } from './RouterServices';

/** Whoever asks: always a person, because a plugin's own identity may do everything. */
export type Caller = {
  /** Full entity reference. */
  ref: string;
  credentials: BackstageCredentials<BackstageUserPrincipal>;
};

/** Until when whoever sent a request is signed in. Kept by request, so that no route can forget to pass it on. */
const ends = new WeakMap<Request, Date>();

/** @throws AuthenticationError, and NotAllowedError when no user asks. */
export async function callerOf(
  request: Request,
  httpAuth: HttpAuthService,
): Promise<Caller> {
  const credentials = await httpAuth.credentials(request, { allow: ['user'] });
  if (credentials.expiresAt) ends.set(request, credentials.expiresAt);
  return { ref: credentials.principal.userEntityRef, credentials };
}

/** No timer runs longer; no sign-in lasts so long either. */
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * A right is proven by a sign-in, and ends with it: what takes long stops before its next write.
 *
 * @returns a signal that fires when the sign-in of whoever sent the request ends, and what ends the waiting for that.
 */
export function untilSignInEnds(request: Request): {
  ended: AbortSignal;
  forget: () => void;
} {
  const end = ends.get(request)?.getTime() ?? Infinity;
  const left = end - Date.now();
  const cancel = new AbortController();
  const stop = () => cancel.abort(new SignInExpiredError());
  const isTimed = left > 0 && left <= LONGEST_TIMER;
  const timer = isTimed ? setTimeout(stop, left) : undefined;
  if (left <= 0) stop();
  return { ended: cancel.signal, forget: () => clearTimeout(timer) };
}

/**
 * In whose name is written: only what the credentials prove, because a name that a body brings could be anybody's. A catalog
 * that does not answer keeps nobody from writing; the commit then carries the reference alone.
 */
export async function writtenBy(
  { ref, credentials }: Caller,
  task: string | undefined,
  { catalog, logger }: Pick<RouterServices, 'catalog' | 'logger'>,
): Promise<Pick<WriteOptions, 'author' | 'created'>> {
  const entity = await catalog
    .getEntityByRef(ref, { credentials })
    .catch((error: unknown) => {
      logger.warn(`Who ${ref} is could not be read: ${toError(error).message}`);
      return undefined;
    });
  return {
    author: authorOf(ref, entity),
    created: {
      by: ref,
      at: new Date().toISOString(),
      ...(task ? { task } : {}),
    },
  };
}
