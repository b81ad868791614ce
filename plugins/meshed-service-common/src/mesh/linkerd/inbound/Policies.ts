import type { Unreadable } from '../../readable';
import type {
  AuthorizationPolicy,
  HTTPLocalRateLimitPolicy,
  InboundRoute,
  MeshTLSAuthentication,
  NetworkAuthentication,
  Server,
  ServerAuthorization,
} from '../kinds';

/**
 * Everything that can have a say, in any order. Objects of other namespaces are passed over where they have none.
 *
 * @public
 */
export type Policies = {
  servers: readonly Server[];
  authorizationPolicies: readonly AuthorizationPolicy[];
  serverAuthorizations: readonly ServerAuthorization[];
  meshTLSAuthentications: readonly MeshTLSAuthentication[];
  networkAuthentications: readonly NetworkAuthentication[];
  routes: readonly InboundRoute[];
  rateLimits: readonly HTTPLocalRateLimitPolicy[];
  /** What the doors of these kinds refused. */
  refused: readonly Unreadable[];
};

/**
 * Nobody says anything.
 *
 * @public
 */
export const noPolicies: Policies = {
  servers: [],
  authorizationPolicies: [],
  serverAuthorizations: [],
  meshTLSAuthentications: [],
  networkAuthentications: [],
  routes: [],
  rateLimits: [],
  refused: [],
};
