import {
  coreServices,
  createServiceFactory,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { parseResourceRef } from '@meshway/plugin-meshed-service-common';
// Only tests share it: a published package must not export what rests on a private one.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { decideByPolicy } from '../../../meshed-service-backend/src/__testUtils__/people';

/** The permission system of a portal with our policy: Ada is of the shop, Eve of payments. */
export const ourPolicy = createServiceFactory({
  service: coreServices.permissions,
  deps: {},
  factory: (): PermissionsService => ({
    authorizeConditional: decideByPolicy,
    async authorize(requests, options) {
      const decisions = await decideByPolicy(requests, {
        credentials: Object(options).credentials,
      });
      return decisions.map((decision, index) => ({
        result: allows(decision, requests[index].resourceRef)
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
      }));
    },
  }),
});

/** Our only rule, as the backend plugin applies it. */
function allows(decision: PolicyDecision, resource: string | undefined) {
  if (decision.result !== AuthorizeResult.CONDITIONAL)
    return decision.result === AuthorizeResult.ALLOW;
  const asked = parseResourceRef(resource ?? '');
  const { claims = [] } = Object(Object(decision.conditions).params);
  return (
    asked !== undefined && 'owner' in asked && claims.includes(asked.owner)
  );
}
