import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';

/** Too many requests of one user. Backstage's error responses take the status from the error. */
class TooManyRequestsError extends Error {
  readonly name = 'TooManyRequestsError';
  readonly statusCode = 429;
}

/** Counts requests by user, not by address, because all requests of templates come from one; `Retry-After` says when to go on. */
export function limitedPerUser(
  perMinute: number,
  setting: string,
  httpAuth: Pick<HttpAuthService, 'credentials'>,
): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: async request => {
      const { principal } = await httpAuth.credentials(request, {
        allow: ['user'],
      });
      return principal.userEntityRef;
    },
    handler: (_, response, next) =>
      next(
        new TooManyRequestsError(
          `More than ${perMinute} requests in a minute (meshedService.rateLimits.${setting}). Go on in ${response.getHeader(
            'Retry-After',
          )} seconds.`,
        ),
      ),
  });
}
