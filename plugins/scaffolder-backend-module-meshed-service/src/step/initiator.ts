import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { ForwardedError, NotAllowedError } from '@backstage/errors';
import { authorOf } from '@meshway/plugin-meshed-service-node';
import type { Author } from '@meshway/plugin-meshed-service-node';
import type { StepContext, StepServices } from './StepServices';

/** Who started the task, by credentials. */
export type Initiator = {
  /** Full entity reference. */
  ref: string;
  /** As commits are signed. */
  author: Author;
  credentials: BackstageCredentials;
};

/**
 * @throws NotAllowedError when no user started the task: a plugin's own identity is allowed everything, so it must
 *   never write a service.
 */
export async function userOf(
  ctx: Pick<StepContext, 'getInitiatorCredentials'>,
  { auth }: Pick<StepServices, 'auth'>,
): Promise<BackstageCredentials<BackstageUserPrincipal>> {
  const credentials = await ctx.getInitiatorCredentials();
  if (auth.isPrincipal(credentials, 'user')) return credentials;
  throw new NotAllowedError(
    'A service is asked for by a user, and this task was started by none. Sign in and start it from the portal.',
  );
}

/** @throws NotAllowedError when no user started the task. */
export async function initiatorOf(
  ctx: Pick<StepContext, 'getInitiatorCredentials'>,
  { auth, catalog }: Pick<StepServices, 'auth' | 'catalog'>,
): Promise<Initiator> {
  const credentials = await userOf(ctx, { auth });
  const ref = credentials.principal.userEntityRef;
  const user = await catalog
    .getEntityByRef(ref, { credentials })
    .catch((error: unknown) => {
      throw new ForwardedError(
        `Could not read ${ref} from the catalog, whose name the commit carries`,
        error,
      );
    });
  return { ref, author: authorOf(ref, user), credentials };
}
