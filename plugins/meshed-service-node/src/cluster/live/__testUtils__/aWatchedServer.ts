import { FakeApiServer, Fault } from './FakeApiServer';
import {
  aLiveCluster,
  definitionsKind,
  pods,
  servers,
  serversDefinition,
  until,
} from './aLiveCluster';

type Cluster = ReturnType<typeof aLiveCluster>;
type Options = Parameters<typeof aLiveCluster>[1];

/** For the tests of one `describe`: a server of their own each, and what watches it. */
export function aWatchedServer() {
  const running: Cluster[] = [];
  const now: { server?: FakeApiServer } = {};
  beforeEach(async () => {
    now.server = await FakeApiServer.start(pods, servers, definitionsKind);
    now.server.put(serversDefinition);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(({ source }) => source.stop()));
    await now.server?.close();
  });
  const prepared = (options: Options = {}, server = now.server) => {
    if (!server) throw new Error('There is a server once the tests run.');
    const cluster = aLiveCluster(server, options);
    running.push(cluster);
    return cluster;
  };
  const started = (options: Options = {}, server = now.server) => {
    const cluster = prepared(options, server);
    cluster.source.start();
    return cluster;
  };
  return {
    get server() {
      if (now.server) return now.server;
      throw new Error('There is a server once the tests run.');
    },
    /** Nothing is watched yet. */
    prepared,
    /** It is being watched. */
    started,
    /** It is being watched, and everything is known. */
    async watched(options: Options = {}, server = now.server) {
      const cluster = started(options, server);
      await isCurrent(cluster);
      return cluster;
    },
  };
}

export const podNames = ({ store }: Cluster) =>
  store
    .observe({ cluster: 'eu-1', namespace: 'shop', name: 'web' })
    .pods.map(({ name }) => name)
    .join(' ');

export const states = ({ freshness }: Cluster) =>
  [freshness('Pod'), freshness('Server')].join(' | ');

export const isCurrent = (cluster: Cluster) =>
  until(
    () => states(cluster),
    said => said === 'current | current',
  );

export const hasPods = (cluster: Cluster, names: string) =>
  until(
    () => podNames(cluster),
    found => found === names,
  );

export const asksFor = (path: string) => (url: URL) =>
  url.pathname.endsWith(path);

export const everything = () => true;

export const striking =
  (isStruck: (url: URL) => boolean, fault: Fault) => (url: URL) =>
    isStruck(url) ? fault : undefined;
