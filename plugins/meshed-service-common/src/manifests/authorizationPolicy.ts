import { kinds, names, type KubernetesObject } from '../model';
import type { MeshedServiceSpec } from '../spec';
import { clientsOf } from './clients';
import { ownedMetadata } from './metadata';
import { localRef, type LocalRef } from './references';

/** Lets the declared clients reach each port that has some. */
export function renderClientPolicies(
  spec: MeshedServiceSpec,
): KubernetesObject[] {
  return spec.ports
    .filter(port => clientsOf(spec, port).length > 0)
    .map(port =>
      authorizationPolicy(spec, names.portClients(spec, port), {
        target: localRef(kinds.Server, names.server(spec, port)),
        authentication: localRef(
          kinds.MeshTLSAuthentication,
          port.clients ? names.portClients(spec, port) : names.clients(spec),
        ),
      }),
    );
}

/** One authentication lets into one target. Never without an authentication: that would admit everybody. */
export function authorizationPolicy(
  spec: MeshedServiceSpec,
  name: string,
  { target, authentication }: { target: LocalRef; authentication: LocalRef },
): KubernetesObject {
  return {
    ...kinds.AuthorizationPolicy,
    metadata: ownedMetadata(spec, name),
    spec: {
      targetRef: target,
      requiredAuthenticationRefs: [authentication],
    },
  };
}
