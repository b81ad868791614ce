import { defaultPlatform, derivedNames, meshIdentity, names } from '../model';
import type { MeshedServiceSpec, ServicePort } from './MeshedServiceSpec';
import { reservedFor } from './reservedNames';
import { quote, SpecProblem } from './SpecProblem';

/** Ports that the proxy itself listens on. */
const proxyPorts = new Set([4140, 4143, 4190, 4191]);
/** Would collide with the Server that opens the proxy's own port. */
const proxyAdminPortName = 'proxy-admin';

/** The rules that concern several fields, or names that only look usable. */
export function checkSpec(spec: MeshedServiceSpec): SpecProblem[] {
  return [
    ...reservedNames(spec),
    ...nameBudget(spec),
    ...owners(spec),
    ...argoProject(spec),
    ...ports(spec),
    ...clients(spec),
    ...rateLimit(spec),
    ...secrets(spec),
  ];
}

function reservedNames(spec: MeshedServiceSpec): SpecProblem[] {
  const checked = new Map([['name', spec.name]]);
  if (spec.namespace !== spec.name) checked.set('namespace', spec.namespace);
  return [...checked].flatMap(([path, name]) => {
    const belongsTo = reservedFor(name);
    return belongsTo
      ? [
          {
            path,
            message: `${quote(
              name,
            )} is reserved for ${belongsTo}; choose another name`,
          },
        ]
      : [];
  });
}

/** What is left for a name once every longer name that is made from it still fits. */
function nameBudget(spec: MeshedServiceSpec): SpecProblem[] {
  const identity = meshIdentity(
    { namespace: spec.namespace, serviceAccount: names.serviceAccount(spec) },
    defaultPlatform.mesh,
  );
  return derivedNames(spec, identity)
    .filter(({ value, limit }) => value.length > limit)
    .slice(0, 1)
    .map(({ what, value, limit, why }) => ({
      path: 'name',
      message: `is too long: the ${what} ${quote(value)} made from it has ${
        value.length
      } characters, and ${limit} fit (${why}). Shorten it by ${
        value.length - limit
      }.`,
    }));
}

function owners(spec: MeshedServiceSpec): SpecProblem[] {
  const problems: SpecProblem[] = [];
  if (!/^(?:group|user):/.test(spec.owner))
    problems.push({
      path: 'owner',
      message: `${quote(spec.owner)} is not a group or a user`,
    });
  if (spec.system && !spec.system.startsWith('system:'))
    problems.push({
      path: 'system',
      message: `${quote(spec.system)} is not a system`,
    });
  return problems;
}

function argoProject(spec: MeshedServiceSpec): SpecProblem[] {
  return spec.delivery.project === 'default'
    ? [
        {
          path: 'delivery.project',
          message:
            'must not be "default", which may deploy anything anywhere; name the project of your team',
        },
      ]
    : [];
}

function ports(spec: MeshedServiceSpec): SpecProblem[] {
  const problems: SpecProblem[] = [];
  spec.ports.forEach((port, index) => {
    const path = `ports[${index}]`;
    const earlier = spec.ports.slice(0, index);
    if (earlier.some(other => other.name === port.name))
      problems.push({
        path: `${path}.name`,
        message: `${quote(port.name)} is the name of an earlier port, too`,
      });
    if (earlier.some(other => other.port === port.port))
      problems.push({
        path: `${path}.port`,
        message: `${port.port} is the number of an earlier port, too`,
      });
    if (port.name === proxyAdminPortName)
      problems.push({
        path: `${path}.name`,
        message: `"${proxyAdminPortName}" is the proxy's own; choose another name`,
      });
    if (proxyPorts.has(port.port))
      problems.push({
        path: `${path}.port`,
        message: `${port.port} belongs to the proxy; choose another port`,
      });
    problems.push(...probes(port, path));
  });
  return problems;
}

/** Which probes a proxy can let through on a port of which protocol (mesh facts A1.6, A1.11). */
function probes(port: ServicePort, path: string): SpecProblem[] {
  return port.probes.flatMap((probe, index) => {
    if (
      probe.kind === 'http' &&
      !['HTTP/1', 'HTTP/2', 'unknown'].includes(port.protocol)
    )
      return [
        {
          path: `${path}.probes[${index}].kind`,
          message: `an http probe cannot pass the proxy on a port that speaks ${
            port.protocol
          }; use ${port.protocol === 'gRPC' ? 'grpc' : 'tcp'}`,
        },
      ];
    if (probe.kind === 'grpc' && port.protocol !== 'gRPC')
      return [
        {
          path: `${path}.probes[${index}].kind`,
          message: `a grpc probe needs a port with protocol gRPC; this one has ${port.protocol}`,
        },
      ];
    return [];
  });
}

function clients(spec: MeshedServiceSpec): SpecProblem[] {
  const lists: Array<[string, MeshedServiceSpec['clients']]> = [
    ['clients', spec.clients],
    ...spec.ports.map((port, index): [string, MeshedServiceSpec['clients']] => [
      `ports[${index}].clients`,
      port.clients ?? [],
    ]),
  ];
  return lists.flatMap(([path, list]) => {
    const seen = new Set<string>();
    return list.flatMap((client, index) => {
      const account =
        'serviceAccount' in client ? client.serviceAccount : undefined;
      const key = `${client.namespace}/${account ?? ''}`;
      const problems: SpecProblem[] = [];
      if (seen.has(key))
        problems.push({
          path: `${path}[${index}]`,
          message: 'is listed twice',
        });
      if (account === 'default')
        problems.push({
          path: `${path}[${index}].serviceAccount`,
          message:
            '"default" is shared by every workload of a namespace that has no account of its own; name the ServiceAccount of the one that calls you',
        });
      seen.add(key);
      return problems;
    });
  });
}

function rateLimit(spec: MeshedServiceSpec): SpecProblem[] {
  const limit = spec.rateLimit;
  if (!limit) return [];
  const problems: SpecProblem[] = [];
  if (!spec.ports.some(port => hasRateLimit(port)))
    problems.push({
      path: 'rateLimit',
      message: 'needs a port with protocol HTTP/1, HTTP/2 or unknown',
    });
  if (
    limit.total === undefined &&
    limit.perClient === undefined &&
    limit.overrides.length === 0
  )
    problems.push({
      path: 'rateLimit',
      message: 'limits nothing; set total, perClient or overrides',
    });
  const total = limit.total ?? Infinity;
  if ((limit.perClient ?? 0) > total)
    problems.push({
      path: 'rateLimit.perClient',
      message: `must not exceed total, which is ${total}`,
    });
  limit.overrides.forEach((override, index) => {
    if (override.requestsPerSecond > total)
      problems.push({
        path: `rateLimit.overrides[${index}].requestsPerSecond`,
        message: `must not exceed total, which is ${total}`,
      });
  });
  return problems;
}

/** Local rate limits work on requests that the proxy sees as HTTP. */
export function hasRateLimit(port: ServicePort): boolean {
  return ['HTTP/1', 'HTTP/2', 'unknown'].includes(port.protocol);
}

function secrets(spec: MeshedServiceSpec): SpecProblem[] {
  const { delivery, paths } = spec.secrets;
  if (delivery === 'none' && paths.length > 0)
    return [
      {
        path: 'secrets.delivery',
        message: 'is none, but paths are listed; choose vso or agent',
      },
    ];
  if (delivery !== 'none' && paths.length === 0)
    return [
      {
        path: 'secrets.paths',
        message: `is empty; list the secrets that ${delivery} shall deliver`,
      },
    ];
  return paths.flatMap((path, index) =>
    paths
      .slice(0, index)
      .some(other => names.secret(spec, other) === names.secret(spec, path))
      ? [
          {
            path: `secrets.paths[${index}]`,
            message: `${quote(
              path,
            )} would get the same Kubernetes Secret as an earlier path`,
          },
        ]
      : [],
  );
}
