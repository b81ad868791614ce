import type { Authorization, RoutePolicy } from '../inbound';
import type { Pod } from '../kinds';

const healthCheck = '/grpc.health.v1.Health/';

/**
 * @returns whether a client needs a mesh identity for this way in.
 *
 * @public
 */
export function needsIdentity({
  authentication,
}: Pick<Authorization, 'authentication'>): boolean {
  return (
    authentication.type === 'meshTLS' ||
    authentication.type === 'meshTLS-any-identity'
  );
}

/**
 * @returns whether a route opens nothing but what the kubelet asks, by HTTP or by gRPC.
 *
 * @public
 */
export function opensOnlyProbes(
  { opens }: Pick<RoutePolicy, 'opens'>,
  { httpProbes }: Pick<Pod, 'httpProbes'>,
): boolean {
  return (
    opens?.every(
      path =>
        httpProbes.some(probe => probe.path === path) ||
        path.startsWith(healthCheck),
    ) ?? false
  );
}
