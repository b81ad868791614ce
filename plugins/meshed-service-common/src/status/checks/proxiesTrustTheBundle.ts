import type { Pod } from '../../mesh';
import { Check, degraded, isMeshed, ok, progressing, share } from './Check';

/** Every proxy trusts exactly what the trust bundle holds now. It took its anchors when it started, and keeps them. */
export const proxiesTrustTheBundle: Check = {
  code: 'MSC018',
  title: 'Proxies trust the current trust bundle',
  restsOn: ['Pod', 'ConfigMap'],
  concerns: isMeshed,
  evaluate({ observation: { pods, mesh } }) {
    const bundle = mesh.trustBundle?.anchors;
    const telling = pods.filter(({ proxy }) => proxy?.trustAnchors);
    if (!bundle || telling.length === 0) return undefined;
    const behind = telling.filter(pod => lacks(pod, bundle));
    const ahead = telling.filter(
      pod => !behind.includes(pod) && trusts(pod).length > bundle.length,
    );
    if (behind.length > 0) {
      return degraded(
        `Started before the trust bundle had all of its anchors, so without trust in some: ${share(
          behind.length,
          telling.length,
          'meshed pod',
        )}.`,
        {
          evidence: behind.map(evidenceOf),
          fix: 'Restart the workload before anything is signed by the new anchor: until then mTLS with what is fails.',
        },
      );
    }
    if (ahead.length > 0) {
      return progressing(
        `Still trusting an anchor that the trust bundle no longer holds: ${share(
          ahead.length,
          telling.length,
          'meshed pod',
        )}.`,
        {
          evidence: ahead.map(evidenceOf),
          fix: 'Restart the workload to end the trust in the old anchor.',
        },
      );
    }
    return ok('All proxies trust what the trust bundle holds.');
  },
};

function trusts({ proxy }: Pod): readonly string[] {
  return proxy?.trustAnchors ?? [];
}

function lacks(pod: Pod, bundle: readonly string[]): boolean {
  return bundle.some(anchor => !trusts(pod).includes(anchor));
}

function evidenceOf({ ref }: Pod) {
  return {
    ref,
    field: 'env LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS of linkerd-proxy',
  };
}
