import type { ObjectRef } from '../../model';
import type { LeafCertificate } from '../../traffic';
import { listed } from '../explain';
import type { Facts } from './Check';

/** The certificate of one proxy, and the pod that it is in. */
export type Leaf = LeafCertificate & { ref?: ObjectRef };

/** @returns the certificates of the proxies, the one that ends first at the front. */
export function leavesOf({ observation, traffic }: Facts): Leaf[] {
  if (traffic?.kind !== 'observed') return [];
  return traffic.certificates
    .map(leaf => ({
      ...leaf,
      ref: observation.pods.find(({ name }) => name === leaf.pod)?.ref,
    }))
    .sort(
      (a, b) =>
        (a.remainingSeconds ?? -Infinity) - (b.remainingSeconds ?? -Infinity),
    );
}

/** @returns `pod web-1`, `pods web-1 and web-2`. */
export function podsOf(leaves: readonly Leaf[]): string {
  const pods = leaves.map(({ pod }) => pod).sort();
  return `${pods.length === 1 ? 'pod' : 'pods'} ${listed(pods)}`;
}
