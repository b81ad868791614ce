import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { authorOf } from '@meshway/plugin-meshed-service-node';
import type { WriteOptions } from '@meshway/plugin-meshed-service-node';
import type { Request } from 'express';
import type { RouterServices } from './RouterServices';

/** Whoever asks: always a person, because a plugin's own identity may do everything. */
export type Caller = {
  /** Full entity reference. */
  ref: string;
  credentials: BackstageCredentials<BackstageUserPrincipal>;
};

/** @throws AuthenticationError, and NotAllowedError when no user asks. */
export async function callerOf(
  request: Request,
  httpAuth: HttpAuthService,
): Promise<Caller> {
  const credentials = await httpAuth.credentials(request, { allow: ['user'] });
  return { ref: credentials.principal.userEntityRef, credentials };
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
