import { kinds, names, type KubernetesObject } from '../model';
import type { MeshedServiceSpec, ServicePort } from '../spec';
import { authorizationPolicy } from './authorizationPolicy';
import { ownedMetadata } from './metadata';
import { localRef } from './references';

/** The service and method that the kubelet calls. */
const healthCheck = { service: 'grpc.health.v1.Health', method: 'Check' };

/** @returns whether the kubelet asks this port by gRPC: the controller makes no probe route for such a port. */
export const hasGrpcProbe = (port: ServicePort) =>
  port.probes.some(probe => probe.kind === 'grpc');

/**
 * Opens the health check to the kubelet, which has no identity. A Server with a route refuses whatever matches none, so
 * a second route takes everything else; it needs no policy, because those of the Server hold on its routes, too.
 */
export function renderGrpcProbes(
  spec: MeshedServiceSpec,
  port: ServicePort,
): KubernetesObject[] {
  const probes = names.probeRoute(spec, port);
  return [
    grpcRoute(spec, port, probes, [
      { matches: [{ method: { type: 'Exact', ...healthCheck } }] },
    ]),
    // A rule without matches takes every call.
    grpcRoute(spec, port, names.callsRoute(spec, port), [{}]),
    authorizationPolicy(spec, probes, {
      target: localRef(kinds.GRPCRoute, probes),
      authentication: localRef(
        kinds.NetworkAuthentication,
        names.probeNetworks(spec),
      ),
    }),
  ];
}

function grpcRoute(
  spec: MeshedServiceSpec,
  port: ServicePort,
  name: string,
  rules: object[],
): KubernetesObject {
  return {
    ...kinds.GRPCRoute,
    metadata: ownedMetadata(spec, name),
    spec: {
      // No port, no sectionName, no namespace: any of them makes the whole route ineffective.
      parentRefs: [localRef(kinds.Server, names.server(spec, port))],
      rules,
    },
  };
}
