import { proxyInitArguments } from '../model';
import { isRecord, keep, Kept } from './keep';

/** Of the environment of a proxy, what says how it treats what comes in, and whom it trusts. */
const environment: ReadonlySet<unknown> = new Set([
  'LINKERD2_PROXY_INBOUND_DEFAULT_POLICY',
  'LINKERD2_PROXY_IDENTITY_DISABLED',
  'LINKERD2_PROXY_IDENTITY_LOCAL_NAME',
  'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS',
]);

const keptArguments: ReadonlySet<unknown> = new Set(
  Object.values(proxyInitArguments),
);

/** Headers and commands of probes may carry credentials; where they go is all that matters. */
const probe: Kept = { httpGet: { path: withoutQuery, port: 'plain' } };

const fields: Kept = {
  name: 'plain',
  image: 'plain',
  restartPolicy: 'plain',
  ports: { name: 'plain', containerPort: 'plain', protocol: 'plain' },
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
};

const containerStatus: Kept = {
  name: 'plain',
  ready: 'plain',
  state: { terminated: {} },
};

export const keptOfPodSpec: Kept = {
  containers: container,
  initContainers: container,
  serviceAccountName: 'plain',
  hostNetwork: 'plain',
};

export const keptOfPodStatus: Kept = {
  phase: 'plain',
  podIPs: { ip: 'plain' },
  conditions: { type: 'plain', status: 'plain' },
  containerStatuses: containerStatus,
  initContainerStatuses: containerStatus,
};

/** Of what containers are started with, only the mesh's own two are of interest, and little of them. */
function container(value: unknown): unknown {
  const kept = keep(value, fields);
  if (!isRecord(value) || !isRecord(kept)) return kept;
  const { name, env, args } = value;
  return {
    ...kept,
    ...(name === 'linkerd-proxy' && env ? { env: ofEnvironment(env) } : {}),
    ...(name === 'linkerd-init' && args ? { args: ofArguments(args) } : {}),
  };
}

function ofEnvironment(env: unknown): unknown {
  const kept = keep(env, { name: 'plain', value: 'plain' });
  return Array.isArray(kept)
    ? kept.filter(each => isRecord(each) && environment.has(each.name))
    : kept;
}

function ofArguments(args: unknown): unknown {
  if (!Array.isArray(args)) return keep(args, {});
  return args.flatMap((argument, at) =>
    keptArguments.has(argument) ? args.slice(at, at + 2) : [],
  );
}

/** What a control plane takes for no path stays none. A text without a slash names a host, which has no query. */
function withoutQuery(path: unknown): unknown {
  if (typeof path !== 'string') return keep(path, 'plain');
  const [start, ...rest] = path.split(/[?#]/);
  if (rest.length === 0) return path;
  const query = path.slice(start.length).split('#')[0];
  return /[^!$-;=?-~]/.test(query) || !start.includes('/') ? '? ' : start;
}
