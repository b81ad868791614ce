import type { ObjectRef } from '../../../model';
import type { Unreadable } from '../../readable';
import type {
  AuthenticationRef,
  AuthorizationPolicy,
  ServerAuthorization,
} from '../kinds';
import { allNetworks, ClusterSettings, networksOf } from './DefaultPolicy';
import type { Authentication, Authorization } from './EffectivePolicy';
import { authenticationOf } from './authentication';
import type { PolicyIndex } from './PolicyIndex';

/**
 * @returns whom a policy lets in, or why it lets in nobody: one authentication that is not there takes the whole policy
 *   with it, and only a log line of the control plane says so.
 */
export function authorizationOf(
  policy: AuthorizationPolicy,
  index: PolicyIndex,
  settings: ClusterSettings,
): Authorization | Unreadable {
  const ignored = (because: string): Unreadable => ({
    ref: policy.ref,
    because,
  });
  const identities = policy.requires.filter(
    ({ kind }) => kind !== 'NetworkAuthentication',
  );
  const networks = policy.requires.filter(
    ({ kind }) => kind === 'NetworkAuthentication',
  );
  if (networks.length > 1)
    return ignored('it names two NetworkAuthentications');
  if (identities.length > 1) {
    return ignored('it names two identities, of which a client has only one');
  }
  const authorization: Authorization = {
    kind: 'authorizationpolicy',
    name: policy.name,
    ref: policy.ref,
    networks: [...allNetworks],
    authentication: { type: 'unauthenticated' },
  };
  for (const required of identities) {
    const who = clientsOf(required, index, settings);
    if (!who) return ignored(missing(policy.ref, required, index));
    authorization.authentication = who;
  }
  for (const required of networks) {
    const found = index.networkAuthentication(required);
    if (!found) return ignored(missing(policy.ref, required, index));
    authorization.networks = found.networks;
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

function clientsOf(
  required: AuthenticationRef,
  index: PolicyIndex,
  settings: ClusterSettings,
): Authentication | undefined {
  if (required.kind === 'ServiceAccount') {
    const { namespace, name: serviceAccount } = required;
    return authenticationOf(
      { accounts: [{ namespace, serviceAccount }] },
      settings,
    );
  }
  const found = index.meshTLSAuthentication(required);
  return found && authenticationOf(found, settings);
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

function missing(
  ref: ObjectRef,
  { kind, namespace, name }: AuthenticationRef,
  index: PolicyIndex,
): string {
  const where = namespace === ref.namespace ? '' : `${namespace}/`;
  const refused = refusedAuthentication(index, { kind, namespace, name });
  const why = refused
    ? `which cannot be used: ${refused.because}`
    : 'which is not there or cannot be used';
  return `it requires ${kind} ${where}${name}, ${why}`;
}

/** @returns the refusal of an authentication that a policy requires. */
export function refusedAuthentication(
  index: PolicyIndex,
  { kind, namespace, name }: AuthenticationRef,
): Unreadable | undefined {
  return index
    .refusedIn(namespace)
    .find(({ ref }) => ref.kind === kind && ref.name === name);
}
