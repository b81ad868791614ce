import { meshIdentity } from '../../model';
import type { Pod } from '../../mesh';
import { Check, degraded, isMeshed, ok, share } from './Check';

/** Proxies call themselves what this mesh calls them. A name of another trust domain is let in by no policy here. */
export const identitiesAreOfThisMesh: Check = {
  code: 'MSC026',
  title: 'Identities are of this mesh',
  restsOn: ['Pod', 'ConfigMap'],
  concerns: isMeshed,
  evaluate({ observation: { pods, settings } }) {
    const telling = pods.filter(({ proxy }) => proxy?.identity);
    if (telling.length === 0) return undefined;
    const other = telling.filter(
      pod => identityOf(pod) !== meshIdentity(pod, settings),
    );
    if (other.length === 0) {
      return ok('Every proxy has the identity that follows from its account.');
    }
    return degraded(
      `This mesh expects ${meshIdentity(
        other[0],
        settings,
      )}. With another identity: ${share(
        other.length,
        telling.length,
        'meshed pod',
      )}.`,
      {
        evidence: other.map(pod => ({
          ref: pod.ref,
          field: 'env LINKERD2_PROXY_IDENTITY_LOCAL_NAME of linkerd-proxy',
          value: identityOf(pod),
        })),
        fix: 'Restart the workload. If that changes nothing, the trust domain of the installation is not the one that the portal is told.',
      },
    );
  },
};

function identityOf({ proxy, serviceAccount, namespace }: Pod): string {
  return (proxy?.identity ?? '')
    .replace('$(_pod_sa)', () => serviceAccount)
    .replace('$(_pod_ns)', () => namespace);
}
