import type { MeshedServiceSpec } from '@meshway/plugin-meshed-service-common';

const checkout = { namespace: 'checkout', serviceAccount: 'checkout' };

/** A request that leaves out nothing: every field of the form has a value, and none is a default. */
export const everyField: MeshedServiceSpec = {
  name: 'cart',
  owner: 'group:default/shop',
  system: 'system:default/webshop',
  description: 'Keeps what a shopper has chosen',
  lifecycle: 'production',
  environment: 'staging',
  cluster: 'local',
  namespace: 'shop',
  workload: {
    image: 'ghcr.io/open-telemetry/demo:2.0.2-cart',
    replicas: 3,
    resources: {
      requests: { cpu: '100m', memory: '256Mi' },
      limits: { cpu: '1', memory: '512Mi' },
    },
  },
  ports: [
    {
      name: 'grpc',
      port: 8080,
      protocol: 'gRPC',
      clients: [checkout],
      probes: [{ kind: 'grpc', service: 'oteldemo.CartService' }],
    },
    {
      name: 'http',
      port: 8081,
      protocol: 'HTTP/2',
      clients: [checkout],
      probes: [{ kind: 'http', path: '/healthz' }, { kind: 'tcp' }],
    },
  ],
  clients: [{ namespace: 'frontend', serviceAccount: 'frontend' }],
  calls: [
    { namespace: 'valkey', service: 'valkey-cart', port: 6379 },
    { entityRef: 'component:default/currency' },
  ],
  phase: 'enforce',
  rateLimit: {
    total: 1000,
    perClient: 100,
    overrides: [{ requestsPerSecond: 500, clients: [checkout] }],
  },
  egress: {
    trafficPolicy: 'Allow',
    allow: [{ cidr: '203.0.113.0/24', ports: [443] }],
  },
  secrets: { delivery: 'vso', paths: ['database'] },
  delivery: {
    mode: 'apply',
    repository: 'acme/cart',
    path: 'deploy',
    revision: 'stable',
    project: 'shop-services',
  },
  quota: { cpu: '4', memory: '8Gi', pods: 20 },
};
