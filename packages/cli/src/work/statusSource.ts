import { promises as fs } from 'node:fs';
import path from 'node:path';
import {
  defaultPlatform,
  MeshedServiceSpec,
  MeshStatus,
  Platform,
  ServiceRef,
  serviceRefOf,
  SourceProblem,
} from '@meshway/plugin-meshed-service-common';
import {
  defaultRequestLimits,
  MeshStatuses,
} from '@meshway/plugin-meshed-service-node';
import { readPortalConfig, readSpec } from '../input';
import {
  ClusterOptions,
  openCluster,
  refuseUnlessAnythingIsSeen,
} from '../platform';
import { presentCluster } from '../present';
import type { Terminal } from '../Terminal';
import { UnreadableError } from '../UnreadableError';
import { askedPrometheus, PrometheusOptions } from './askedPrometheus';
import { clusterName, namespaceName, serviceName } from './names';

export type StatusOptions = ClusterOptions &
  PrometheusOptions & {
    snapshot?: string;
    namespace?: string;
    service?: string;
    spec?: string;
    cluster: string;
    config?: string;
  };

/** Services that are asked about, as they are. */
export type SeenServices = {
  services: MeshStatus[];
  problems: Array<{ problem: SourceProblem; text: string }>;
};

/** Where statuses come from. It has been read once. */
export type StatusSource = {
  cluster: string;
  /** For people. */
  place: string;
  read(): Promise<SeenServices>;
  /** Begins to watch. */
  start(): void;
  /** @returns how to stop listening. */
  subscribe(listener: () => void): () => void;
  close(): Promise<void>;
};

/**
 * Reads the snapshot or the cluster that the options name.
 *
 * @throws UnreadableError, InputError, NotAllowedError or ServiceUnavailableError with the way out.
 */
export async function openStatuses(
  options: StatusOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<StatusSource> {
  const asked = await whatIsAsked(options, terminal);
  const { platform, timeouts } = await settingsOf(options.config, terminal);
  const { cluster, place, ...from } = options.snapshot
    ? await fromSnapshot(options, asked)
    : await fromCluster(options, asked, { timeouts, terminal, signal });
  const statuses = MeshStatuses.create({
    clusters: [{ name: cluster, ...from }],
    platform,
    timeouts,
    ...askedPrometheus(cluster, options),
  });
  const source: StatusSource = {
    cluster,
    place,
    read: () => seenIn(statuses, asked, options.snapshot),
    start: () => statuses.start(),
    subscribe: listener => statuses.subscribe(listener),
    close: () => statuses.stop(),
  };
  try {
    await statuses.readOnce(signal);
    signal.throwIfAborted();
    const [summary] = await statuses.sources();
    if (!options.snapshot) refuseUnlessAnythingIsSeen(summary, asked.namespace);
  } catch (error) {
    await source.close();
    throw error;
  }
  return source;
}

type Asked = {
  cluster: string;
  /** Everything that is asked about lies in it. */
  namespace?: string;
  service?: ServiceRef;
  spec?: MeshedServiceSpec;
};

async function whatIsAsked(
  options: StatusOptions,
  terminal: Terminal,
): Promise<Asked> {
  const spec =
    options.spec === undefined
      ? undefined
      : await readSpec(options.spec, terminal);
  if (spec && options.service !== undefined)
    throw new UnreadableError(
      '--service and --spec both name a service; give one',
    );
  const cluster = spec?.cluster ?? clusterName(options.cluster);
  const named =
    options.service === undefined
      ? undefined
      : { cluster, ...serviceName(options.service) };
  const service = spec ? serviceRefOf(spec) : named;
  const namespace = namespaceName(options.namespace);
  if (service && namespace !== undefined && namespace !== service.namespace)
    throw new UnreadableError(
      `--namespace: ${namespace} is not that of ${service.namespace}/${service.name}; leave it away`,
    );
  const only = service?.namespace ?? namespace;
  return {
    cluster,
    ...(only === undefined ? {} : { namespace: only }),
    ...(service ? { service } : {}),
    ...(spec ? { spec } : {}),
  };
}

async function settingsOf(config: string | undefined, terminal: Terminal) {
  const platform: Platform = defaultPlatform;
  if (config === undefined) return { platform, timeouts: defaultRequestLimits };
  const { settings } = await readPortalConfig(config, terminal);
  return { platform: settings.platform, timeouts: settings.timeouts };
}

async function fromSnapshot(
  { snapshot = '', context, kubeconfig }: StatusOptions,
  { cluster }: Asked,
) {
  if (context !== undefined || kubeconfig !== undefined)
    throw new UnreadableError(
      '--snapshot is read in place of a cluster; leave --context and --kubeconfig away',
    );
  if (!(await fs.stat(snapshot)).isDirectory())
    throw new UnreadableError(`${snapshot}: is a file; name a folder`);
  return { cluster, snapshot: path.resolve(snapshot), place: snapshot };
}

async function fromCluster(
  options: ClusterOptions,
  { cluster, namespace }: Asked,
  parts: {
    timeouts: typeof defaultRequestLimits;
    terminal: Terminal;
    signal: AbortSignal;
  },
) {
  const { access, target } = await openCluster(
    cluster,
    options,
    parts.timeouts,
    parts.signal,
  );
  parts.terminal.note(presentCluster(target));
  return {
    cluster,
    access,
    place:
      namespace === undefined
        ? `cluster ${cluster}`
        : `namespace ${namespace} of cluster ${cluster}`,
    ...(namespace === undefined ? {} : { namespace }),
  };
}

async function seenIn(
  statuses: MeshStatuses,
  { namespace, service, spec }: Asked,
  snapshot: string | undefined,
): Promise<SeenServices> {
  const found = service
    ? [service]
    : (await statuses.list()).filter(
        each => namespace === undefined || each.namespace === namespace,
      );
  const services: MeshStatus[] = [];
  for (const each of found) services.push(await statuses.read(each, spec));
  const [{ problems }] = await statuses.sources();
  return {
    services,
    problems: problems.map(problem => ({
      problem,
      text: `${path.join(snapshot ?? '', problem.file)}${
        problem.line ? `:${problem.line}` : ''
      }: ${problem.message}`,
    })),
  };
}
