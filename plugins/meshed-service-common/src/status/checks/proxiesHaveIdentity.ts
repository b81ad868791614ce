import { Check, degraded, ok } from './Check';

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
        `${without.length} of ${running.length} proxies are not ready or run without an identity.`,
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
          message: `${silent.length} of ${running.length} pods do not say whether their proxy is ready.`,
          evidence: silent.map(({ ref }) => ({ ref, field: 'status' })),
        }
      : ok('Every proxy is ready, which it is not without a certificate.');
  },
};
