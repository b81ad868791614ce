import { z } from 'zod';
import type { KubernetesObject } from '../../../model';
import { originOf, Origin, readSpec, refuse, Unreadable } from '../../readable';
import { coreKindOf } from './reference';

/**
 * What a policy is about: a Server or route of its own namespace, or every Server there. Names of routes are compared
 * without regard to case, as groups and kinds are; names of Servers are not.
 *
 * @public
 */
export type PolicyTarget =
  | { kind: 'Server'; name: string }
  | { kind: 'HTTPRoute' | 'GRPCRoute'; group: string; name: string }
  | { kind: 'Namespace' };

/** What a client must show. @public */
export type AuthenticationRef =
  | { kind: 'MeshTLSAuthentication'; namespace: string; name: string }
  | { kind: 'NetworkAuthentication'; namespace: string; name: string }
  | { kind: 'ServiceAccount'; namespace: string; name: string };

/**
 * A policy: clients that satisfy all of `requires` reach the target.
 *
 * @public
 */
export type AuthorizationPolicy = Origin & {
  target: PolicyTarget;
  requires: AuthenticationRef[];
};

const reference = z.object({
  group: z.string().nullish(),
  kind: z.string(),
  name: z.string(),
  namespace: z.string().nullish(),
});
type Reference = z.infer<typeof reference>;

const schema = z.object({
  targetRef: reference,
  requiredAuthenticationRefs: z.array(reference),
});

/**
 * API group of Linkerd's policies.
 *
 * @public
 */
export const LINKERD_POLICY_GROUP = 'policy.linkerd.io';
export const GATEWAY_GROUP = 'gateway.networking.k8s.io';

/**
 * @returns the policy, or why a policy controller would not use it: it then lets nobody in.
 *
 * @public
 */
export function authorizationPolicyFromKubernetes(
  object: KubernetesObject,
): AuthorizationPolicy | Unreadable {
  const read = readSpec(object, schema);
  if ('unreadable' in read) return read.unreadable;
  const origin = originOf(object);
  const { targetRef } = read.spec;
  const target = targetOf(targetRef);
  if (!target)
    return refuse(object, `a ${targetRef.kind} cannot be its target`);

  const requires: AuthenticationRef[] = [];
  for (const ref of read.spec.requiredAuthenticationRefs) {
    const required = authenticationRefOf(ref, origin.namespace);
    if (!required) return refuse(object, `it cannot require a ${ref.kind}`);
    requires.push(required);
  }
  return { ...origin, target, requires };
}

function targetOf(ref: Reference): PolicyTarget | undefined {
  const group = ref.group?.toLowerCase();
  const kind = ref.kind.toLowerCase();
  if (coreKindOf(ref) === 'namespace') return { kind: 'Namespace' };
  if (group === LINKERD_POLICY_GROUP && kind === 'server') {
    return { kind: 'Server', name: ref.name };
  }
  if (group === GATEWAY_GROUP && kind === 'grpcroute') {
    return { kind: 'GRPCRoute', group, name: ref.name.toLowerCase() };
  }
  if (
    (group === GATEWAY_GROUP || group === LINKERD_POLICY_GROUP) &&
    kind === 'httproute'
  ) {
    return { kind: 'HTTPRoute', group, name: ref.name.toLowerCase() };
  }
  return undefined;
}

function authenticationRefOf(
  ref: Reference,
  ownNamespace: string,
): AuthenticationRef | undefined {
  const at = { namespace: ref.namespace ?? ownNamespace, name: ref.name };
  if (coreKindOf(ref) === 'serviceaccount') {
    return { kind: 'ServiceAccount', ...at };
  }
  if (ref.group?.toLowerCase() !== LINKERD_POLICY_GROUP) return undefined;
  switch (ref.kind.toLowerCase()) {
    case 'meshtlsauthentication':
      return { kind: 'MeshTLSAuthentication', ...at };
    case 'networkauthentication':
      return { kind: 'NetworkAuthentication', ...at };
    default:
      return undefined;
  }
}
