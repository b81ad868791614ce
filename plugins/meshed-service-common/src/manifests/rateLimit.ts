import { kinds, names, type KubernetesObject } from '../model';
import type { MeshedServiceSpec, RateLimit, ServicePort } from '../spec';
import { ownedMetadata } from './metadata';
import { localRef } from './references';

/** Limits requests at each replica; Linkerd takes one such policy per Server. */
export function renderRateLimit(
  spec: MeshedServiceSpec,
  port: ServicePort,
  { total, perClient, overrides }: RateLimit,
): KubernetesObject {
  return {
    ...kinds.HTTPLocalRateLimitPolicy,
    metadata: ownedMetadata(spec, names.rateLimit(spec, port)),
    spec: {
      targetRef: localRef(kinds.Server, names.server(spec, port)),
      ...(total === undefined ? {} : { total: { requestsPerSecond: total } }),
      ...(perClient === undefined
        ? {}
        : { identity: { requestsPerSecond: perClient } }),
      ...(overrides.length === 0
        ? {}
        : {
            overrides: overrides.map(({ requestsPerSecond, clients }) => ({
              requestsPerSecond,
              clientRefs: clients.map(({ namespace, serviceAccount }) => ({
                kind: kinds.ServiceAccount.kind,
                name: serviceAccount,
                namespace,
              })),
            })),
          }),
    },
  };
}
