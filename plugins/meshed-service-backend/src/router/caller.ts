import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import type { WriteOptions } from '@meshway/plugin-meshed-service-node';
import type { Request } from 'express';

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

/** In whose name is written. Only what the credentials prove: a name that a body brings could be anybody's. */
export function writtenBy(
  { ref }: Caller,
  task: string | undefined,
): Pick<WriteOptions, 'author' | 'created'> {
  const [, namespace, name] = /^[^:]+:([^/]+)\/(.+)$/.exec(ref) ?? [];
  return {
    // The domain is reserved by RFC 2606: nobody's address.
    author: {
      name: ref,
      email: `${name ?? 'user'}@${namespace ?? 'default'}.invalid`,
    },
    created: {
      by: ref,
      at: new Date().toISOString(),
      ...(task ? { task } : {}),
    },
  };
}
