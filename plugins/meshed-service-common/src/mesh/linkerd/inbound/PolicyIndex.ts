import { byAgeThenName, Origin, Unreadable } from '../../readable';
import {
  AuthenticationRef,
  AuthorizationPolicy,
  HTTPLocalRateLimitPolicy,
  InboundRoute,
  MeshTLSAuthentication,
  NetworkAuthentication,
  selects,
  Server,
  ServerAuthorization,
  Workload,
} from '../kinds';
import type { Policies } from './Policies';

/**
 * @returns whether a Server is about a workload at all.
 *
 * @public
 */
export function selectsWorkload(server: Server, workload: Workload): boolean {
  return (
    server.of === workload.kind &&
    server.namespace === workload.namespace &&
    selects(server.selects, workload.labels)
  );
}

type Place = { namespace: string; name: string };

/**
 * Policies, made ready to be asked about many ports of many workloads: each question touches only what can have a say,
 * however many policies a namespace has. Answers are in the order in which the control plane prefers: older first, then by
 * name.
 *
 * @public
 */
export class PolicyIndex {
  /** All of them, in the order in which they came. */
  readonly policies: Policies;
  private readonly serversByPort: Groups<Server>;
  private readonly byTarget: Groups<AuthorizationPolicy>;
  private readonly authorizationsByServer: Groups<ServerAuthorization>;
  private readonly selecting: Groups<ServerAuthorization>;
  private readonly limitsByServer: Groups<HTTPLocalRateLimitPolicy>;
  private readonly routesByServer: Groups<InboundRoute>;
  private readonly meshTLS: ReadonlyMap<string, MeshTLSAuthentication>;
  private readonly networks: ReadonlyMap<string, NetworkAuthentication>;
  private readonly refusedByNamespace: Groups<Unreadable>;

  private constructor(policies: Policies) {
    this.policies = policies;
    // Whoever wants labels is found by the first of them: the others are asked only then.
    this.serversByPort = grouped(aged(policies.servers), server => [
      portKey(server.namespace, server.port, server.selects.labels[0]),
    ]);
    this.byTarget = grouped(aged(policies.authorizationPolicies), policy => [
      targetKey(policy),
    ]);
    this.authorizationsByServer = grouped(
      aged(policies.serverAuthorizations),
      ({ namespace, server }) =>
        'name' in server ? [placeKey({ namespace, name: server.name })] : [],
    );
    this.selecting = grouped(
      aged(policies.serverAuthorizations),
      ({ namespace, server }) => ('name' in server ? [] : [namespace]),
    );
    this.limitsByServer = grouped(
      aged(policies.rateLimits),
      ({ namespace, server }) => [placeKey({ namespace, name: server })],
    );
    this.routesByServer = grouped(
      aged(policies.routes),
      ({ parents }) => new Set(parents.map(placeKey)),
    );
    this.meshTLS = byPlace(policies.meshTLSAuthentications);
    this.networks = byPlace(policies.networkAuthentications);
    this.refusedByNamespace = grouped(policies.refused, ({ ref }) => [
      ref.namespace ?? '',
    ]);
  }

  static create(policies: Policies): PolicyIndex {
    return new PolicyIndex(policies);
  }

  /** @returns the Servers that are about a port of a workload, the deciding one first. */
  serversFor(workload: Workload, port: number): Server[] {
    const names = workload.ports.flatMap(each =>
      each.port === port && each.name !== undefined ? [each.name] : [],
    );
    const labels = [undefined, ...workload.labels];
    const lists = [port, ...new Set(names)]
      .flatMap(each =>
        labels.map(label =>
          this.serversByPort.get(portKey(workload.namespace, each, label)),
        ),
      )
      .filter(list => list !== undefined);
    const servers = lists
      .flat()
      .filter(server => selectsWorkload(server, workload));
    // Each list is in order.
    return lists.length > 1 ? servers.sort(byAgeThenName) : servers;
  }

  /** @returns the policies about a Server: its own, and those about its whole namespace. */
  policiesOf({ namespace, name }: Server): AuthorizationPolicy[] {
    return [
      ...(this.byTarget.get(`Server ${namespace} ${name}`) ?? []),
      ...(this.byTarget.get(`Namespace ${namespace}`) ?? []),
    ];
  }

  /** @returns the policies about a route. */
  policiesOfRoute(route: InboundRoute): readonly AuthorizationPolicy[] {
    const key = `${route.kind} ${route.namespace} ${
      route.group
    } ${route.name.toLowerCase()}`;
    return this.byTarget.get(key) ?? [];
  }

  /** @returns the older way to let clients in to a Server. */
  serverAuthorizationsOf(server: Server): ServerAuthorization[] {
    return [
      ...(this.authorizationsByServer.get(placeKey(server)) ?? []),
      ...(this.selecting.get(server.namespace) ?? []).filter(
        each =>
          'selector' in each.server &&
          selects(each.server.selector, server.labels),
      ),
    ];
  }

  rateLimitsOf(server: Server): readonly HTTPLocalRateLimitPolicy[] {
    return this.limitsByServer.get(placeKey(server)) ?? [];
  }

  /** @returns the routes of any namespace that name a Server as their parent, usable or not. */
  routesOf(server: Server): readonly InboundRoute[] {
    return this.routesByServer.get(placeKey(server)) ?? [];
  }

  meshTLSAuthentication(
    at: AuthenticationRef,
  ): MeshTLSAuthentication | undefined {
    return this.meshTLS.get(placeKey(at));
  }

  networkAuthentication(
    at: AuthenticationRef,
  ): NetworkAuthentication | undefined {
    return this.networks.get(placeKey(at));
  }

  /** @returns what was refused of a namespace. */
  refusedIn(namespace: string): readonly Unreadable[] {
    return this.refusedByNamespace.get(namespace) ?? [];
  }
}

type Groups<Value> = ReadonlyMap<string, readonly Value[]>;

function aged<Value extends Origin>(values: readonly Value[]): Value[] {
  return [...values].sort(byAgeThenName);
}

function grouped<Value>(
  values: readonly Value[],
  keysOf: (value: Value) => Iterable<string>,
): Groups<Value> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    for (const key of keysOf(value)) {
      const group = groups.get(key);
      if (group) group.push(value);
      else groups.set(key, [value]);
    }
  }
  return groups;
}

function byPlace<Value extends Place>(
  values: readonly Value[],
): ReadonlyMap<string, Value> {
  return new Map(values.map(value => [placeKey(value), value]));
}

/** A namespace has no slash in its name, so no two places share a key. */
function placeKey({ namespace, name }: Place): string {
  return `${namespace}/${name}`;
}

/** A port that is called `8080` is not port 8080. */
function portKey(
  namespace: string,
  port: number | string,
  label: readonly [key: string, value: string] | undefined,
): string {
  return JSON.stringify([namespace, port, ...(label ?? [])]);
}

function targetKey({ namespace, target }: AuthorizationPolicy): string {
  switch (target.kind) {
    case 'Namespace':
      return `Namespace ${namespace}`;
    case 'Server':
      return `Server ${namespace} ${target.name}`;
    default:
      return `${target.kind} ${namespace} ${target.group} ${target.name}`;
  }
}
