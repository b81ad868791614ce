import type { JsonObject } from '@backstage/types';

/** What a browser sends for a gRPC service with two clients, untouched fields included. */
export function aRequest(overrides: JsonObject = {}): JsonObject {
  return {
    name: 'cart',
    owner: 'group:default/shop',
    cluster: 'local',
    workload: {
      image: 'ghcr.io/open-telemetry/demo:2.0.2-cart',
      replicas: 2,
    },
    ports: [{ name: 'grpc', port: 8080, protocol: 'gRPC', clients: [] }],
    clients: [
      { namespace: 'checkout', serviceAccount: 'checkout' },
      { namespace: 'frontend', serviceAccount: 'frontend' },
    ],
    calls: [{ namespace: 'valkey', service: 'valkey-cart', port: 6379 }],
    rateLimit: { overrides: [] },
    egress: { allow: [] },
    ...overrides,
  };
}
