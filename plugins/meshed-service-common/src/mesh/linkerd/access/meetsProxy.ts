import { proxyPorts } from '../../../model';
import { inPorts, parsePorts } from '../../injection';
import { bypassesProxy, Pod } from '../kinds';

/**
 * @returns whether the proxy of a client calls a port of a pod by the pod's own proxy. It is told of the pod's annotation alone:
 *   to a port that the whole installation skips, 4567 for one, it comes in mesh TLS all the same.
 */
export function meetsProxy(pod: Pod, port: number): boolean {
  if (port === proxyPorts.admin) return true;
  if (port === proxyPorts.tap || !pod.proxy) return false;
  return (
    !bypassesProxy(pod, port) ||
    !inPorts(parsePorts(pod.skipInboundPorts ?? '') ?? [], port)
  );
}
