import type { ObjectRef } from '../../model';
import type { Unreadable } from '../readable';
import type { AuthorizationPolicy } from './AuthorizationPolicy';
import { allNetworks, ClusterSettings, networksOf } from './DefaultPolicy';
import type { Authentication, Authorization } from './EffectivePolicy';
import {
  authenticationOf,
  MeshTLSAuthentication,
} from './MeshTLSAuthentication';
import type { NetworkAuthentication } from './NetworkAuthentication';
import type { ServerAuthorization } from './ServerAuthorization';

/** What a policy may refer to. @public */
export type Authentications = {
  meshTLSAuthentications: readonly MeshTLSAuthentication[];
  networkAuthentications: readonly NetworkAuthentication[];
};

/**
 * @returns whom a policy lets in, or why it lets in nobody: one authentication that is not there takes the whole policy
 *   with it, and only a log line of the control plane says so.
 */
export function authorizationOf(
  policy: AuthorizationPolicy,
  authentications: Authentications,
  settings: ClusterSettings,
): Authorization | Unreadable {
  const authorization: Authorization = {
    kind: 'authorizationpolicy',
    name: policy.name,
    ref: policy.ref,
    networks: [...allNetworks],
    authentication: { type: 'unauthenticated' },
  };
  for (const required of policy.requires) {
    if (required.kind === 'ServiceAccount') {
      const { namespace, name: serviceAccount } = required;
      authorization.authentication = authenticationOf(
        { accounts: [{ namespace, serviceAccount }] },
        settings,
      );
    } else if (required.kind === 'NetworkAuthentication') {
      const found = find(authentications.networkAuthentications, required);
      if (!found) return missing(policy.ref, required);
      authorization.networks = found.networks;
    } else {
      const found = find(authentications.meshTLSAuthentications, required);
      if (!found) return missing(policy.ref, required);
      authorization.authentication = authenticationOf(found, settings);
    }
  }
  return authorization;
}

/** @returns whom a ServerAuthorization lets in. */
export function authorizationOfServerAuthorization(
  { name, ref, networks, client }: ServerAuthorization,
  settings: ClusterSettings,
): Authorization {
  return {
    kind: 'serverauthorization',
    name,
    ref,
    networks: networks ?? networksOf(settings.clusterNetworks),
    authentication: authenticationOfClient(client, settings),
  };
}

function authenticationOfClient(
  client: ServerAuthorization['client'],
  settings: ClusterSettings,
): Authentication {
  switch (client.kind) {
    case 'anybody':
      return { type: 'unauthenticated' };
    case 'anyTLS':
      return { type: 'meshTLS-unauthenticated' };
    default:
      return authenticationOf(client, settings);
  }
}

function find<Named extends { namespace: string; name: string }>(
  objects: readonly Named[],
  at: { namespace: string; name: string },
): Named | undefined {
  return objects.find(
    ({ namespace, name }) => namespace === at.namespace && name === at.name,
  );
}

function missing(
  ref: ObjectRef,
  required: { kind: string; namespace: string; name: string },
): Unreadable {
  const where =
    required.namespace === ref.namespace ? '' : `${required.namespace}/`;
  return {
    ref,
    because: `it requires ${required.kind} ${where}${required.name}, which is not there or cannot be used`,
  };
}
