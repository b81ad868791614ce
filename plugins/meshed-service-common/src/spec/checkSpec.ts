import {
  defaultPlatform,
  derivedNames,
  meshIdentity,
  names,
  proxyPorts,
} from '../model';
import type { MeshedServiceSpec, ServicePort } from './MeshedServiceSpec';
import { delivery } from './checkDelivery';
import { peers } from './checkPeers';
import { workload } from './checkWorkload';
import { reservedFor } from './reservedNames';
import { quote, SpecProblem } from './SpecProblem';

/** Ports that the proxy itself listens on. */
const ownPorts: readonly number[] = Object.values(proxyPorts);
/** Container ports that the injector declares: a Server on such a name would guard the proxy's port. */
const ownPortNames = ['linkerd-proxy', 'linkerd-admin'];

/** The rules that concern several fields, or names that only look usable. */
export function checkSpec(spec: MeshedServiceSpec): SpecProblem[] {
  return [
    ...reservedNames(spec),
    ...nameBudget(spec),
    ...owners(spec),
    ...workload(spec),
    ...ports(spec),
    ...peers(spec),
    ...rateLimit(spec),
    ...secrets(spec),
    ...delivery(spec),
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
  const [worst] = derivedNames(spec, identity)
    .map(derived => ({
      ...derived,
      excess: Math.ceil(
        (derived.value.length - derived.limit) /
          occurrences(derived.value, spec.name),
      ),
    }))
    .filter(({ excess }) => excess > 0)
    .sort((a, b) => b.excess - a.excess);
  if (!worst) return [];
  const { what, value, limit, why, excess } = worst;
  return [
    {
      path: 'name',
      message: `is too long: the ${what} made from it has ${value.length} characters, and ${limit} fit (${why}). Shorten it by ${excess}.`,
    },
  ];
}

/** How often a derived name grows when the name does: a namespace of the same name counts, too. */
function occurrences(value: string, name: string): number {
  return Math.max(1, value.split('.').filter(part => part === name).length);
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
    if (ownPortNames.includes(port.name))
      problems.push({
        path: `${path}.name`,
        message: `${quote(port.name)} is the proxy's own; choose another name`,
      });
    if (ownPorts.includes(port.port))
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

/** Local rate limits work on requests that the proxy sees as HTTP. @public */
export function hasRateLimit(port: ServicePort): boolean {
  return ['HTTP/1', 'HTTP/2', 'unknown'].includes(port.protocol);
}

function secrets(spec: MeshedServiceSpec): SpecProblem[] {
  const { delivery: by, paths } = spec.secrets;
  if (by === 'none' && paths.length > 0)
    return [
      {
        path: 'secrets.delivery',
        message: 'is none, but paths are listed; choose vso or agent',
      },
    ];
  if (by !== 'none' && paths.length === 0)
    return [
      {
        path: 'secrets.paths',
        message: `is empty; list the secrets that ${by} shall deliver`,
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
