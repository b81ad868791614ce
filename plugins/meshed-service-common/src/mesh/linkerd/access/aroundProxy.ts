import { annotations } from '../../../model';
import { parseSubnets } from '../../injection';
import type { Pod } from '../kinds';

/**
 * @returns networks whose connections go around the proxy of a pod, whatever port of the application they are for. Clients in
 *   the mesh call the proxy itself, and meet it all the same.
 *
 * @public
 */
export function networksAroundProxy({ proxy, proxySettings }: Pod): string[] {
  if (!proxy) return [];
  const written = proxySettings.get(annotations.linkerdSkipSubnets) ?? '';
  return proxy.skippedSubnets ?? parseSubnets(written);
}
