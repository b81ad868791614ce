import { Check, degraded, ok, share } from './Check';

/** Every proxy has a certificate. Without one it is not ready, and mTLS with it fails. */
export const proxiesHaveIdentity: Check = {
  code: 'MSC013',
  title: 'Proxies have an identity',
  restsOn: ['Pod'],
  evaluate({ observation: { pods } }) {
    const running = pods.filter(
      ({ proxy, phase }) => proxy && phase !== 'Pending',
    );
    if (running.length === 0) return undefined;
    const without = running.filter(
      ({ proxy }) => proxy?.identityDisabled || proxy?.ready === false,
    );
    if (without.length > 0) {
      return degraded(
        `Proxy not ready, or without an identity: ${share(
          without.length,
          running.length,
          'pod',
        )}.`,
        {
          evidence: without.map(({ ref }) => ({
            ref,
            field: 'status.initContainerStatuses',
          })),
          fix: 'Look at the log of container linkerd-proxy: most often the identity service is down, or the trust anchors differ. Then restart the workload.',
        },
      );
    }
    const silent = running.filter(({ proxy }) => proxy?.ready === undefined);
    return silent.length > 0
      ? {
          state: 'unknown',
          message: `Nothing says whether the proxy is ready: ${share(
            silent.length,
            running.length,
            'pod',
          )}.`,
          evidence: silent.map(({ ref }) => ({ ref, field: 'status' })),
        }
      : ok('Every proxy is ready, which it is not without a certificate.');
  },
};
