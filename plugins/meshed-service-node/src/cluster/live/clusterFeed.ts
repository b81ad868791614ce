import { HttpSender } from '../../http';
import type { ClusterAccess } from '../../kubernetes';
import { ClusterConnection } from '../../kubernetes/ClusterConnection';
import { ClusterEndpoint } from '../../kubernetes/ClusterEndpoint';
import type { Feed } from './Feed';

/** Every watch holds one; lists and questions must not wait behind them. */
const CONNECTIONS = 256;

/**
 * @returns lists and watches of a cluster, over connections of their own.
 *
 * @public
 */
export function clusterFeed(
  cluster: string,
  access: ClusterAccess,
  sender: HttpSender = new HttpSender(),
): Feed {
  const endpoint = new ClusterEndpoint(cluster, access, CONNECTIONS);
  const connection = new ClusterConnection(endpoint, sender);
  return {
    open: question => connection.open(question),
    renew: () => endpoint.renew(),
    close: () => endpoint.close(),
  };
}
