import { annotations } from '../../model';
import { Check, ok, progressing } from './Check';

/** The proxies of the service trust the same roots. They take them when they start. */
export const trustRootsAgree: Check = {
  code: 'MSC015',
  title: 'Proxies trust the same roots',
  restsOn: ['Pod'],
  evaluate({ observation: { pods } }) {
    const meshed = pods.filter(({ proxy }) => proxy);
    const roots = new Set(meshed.map(({ trustRoot }) => trustRoot));
    if (roots.size === 0 || (roots.size === 1 && roots.has(undefined))) {
      return undefined;
    }
    if (roots.size === 1) return ok('All proxies trust the same roots.');
    return progressing(
      `The proxies were started with ${roots.size} different sets of trust roots.`,
      {
        evidence: meshed.map(({ ref, trustRoot }) => ({
          ref,
          field: `metadata.annotations["${annotations.linkerdTrustRoot}"]`,
          ...(trustRoot ? { value: trustRoot } : {}),
        })),
        fix: 'Restart the workload once both roots are in the trust bundle; before that, mTLS between old and new proxies fails.',
      },
    );
  },
};
