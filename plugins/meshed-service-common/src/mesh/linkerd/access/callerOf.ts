import { labels as labelKeys, meshIdentity } from '../../../model';
import { inPorts } from '../../injection';
import type { ClusterSettings } from '../inbound';
import type { Pod } from '../kinds';
import type { Caller } from './Caller';
import { meetsProxy } from './meetsProxy';

/**
 * @returns how a pod would come to a port of another: in TLS with its identity where both run a proxy of one control plane and
 *   neither side leaves the port out. Undefined: it has no address yet.
 *
 * @public
 */
export function callerOf(
  client: Pod,
  target: Pod,
  port: number,
  settings: ClusterSettings,
): Caller | undefined {
  const [address] = client.addresses;
  if (address === undefined) return undefined;
  const throughProxies =
    [client, target].every(({ proxy }) => proxy && !proxy.identityDisabled) &&
    !inPorts(client.skippedOutboundPorts, port) &&
    target.labels.get(labelKeys.linkerdControlPlaneNamespace) ===
      settings.controlPlaneNamespace &&
    meetsProxy(target, port);
  return throughProxies
    ? { address, transport: 'mesh', identity: meshIdentity(client, settings) }
    : { address, transport: 'plaintext' };
}
