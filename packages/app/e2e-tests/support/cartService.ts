/** The cart service of the OpenTelemetry demo, as the form sends it. */
export const cartService = {
  name: 'cart',
  owner: 'group:default/shop',
  system: 'system:default/otel-demo',
  description: 'Keeps what a visitor wants to buy',
  lifecycle: 'production',
  environment: 'development',
  cluster: 'local',
  workload: { image: 'ghcr.io/open-telemetry/demo:2.1.3-cart', replicas: 2 },
  ports: [
    {
      name: 'grpc',
      port: 8080,
      protocol: 'gRPC',
      probes: [{ kind: 'grpc' }],
    },
  ],
  clients: [
    { namespace: 'checkout', serviceAccount: 'checkout' },
    { namespace: 'frontend', serviceAccount: 'frontend' },
  ],
  calls: [{ namespace: 'valkey-cart', service: 'valkey-cart', port: 6379 }],
  phase: 'audit',
};
