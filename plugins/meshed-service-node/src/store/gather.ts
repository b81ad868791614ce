import {
  LabelSelector,
  labels,
  ObservedKind,
  observedKinds,
  ObservedObject,
  ServiceRef,
  workloadKinds,
} from '@meshway/plugin-meshed-service-common';
import type { IndexedObjects } from './IndexedObjects';
import { key } from './keysOf';

/** Where objects of each kind are found. */
export type ObjectsOf = (kind: ObservedKind) => IndexedObjects;

/** Kinds that are found by the label that names their service, and by nothing else. */
const madeFor = [
  'EgressNetwork',
  'VaultAuth',
  'VaultStaticSecret',
  'MeshTLSAuthentication',
  'NetworkAuthentication',
  'HTTPRoute',
  'GRPCRoute',
  'HTTPLocalRateLimitPolicy',
  'AuthorizationPolicy',
  'ServerAuthorization',
  'Server',
  'NetworkPolicy',
  'Service',
] as const;

/** Longer than any chain of owners that a cluster makes. */
const longestChain = 5;

/**
 * @param selection - says which workloads are meant, where the catalog says so.
 * @param controlPlane - namespace in which the mesh keeps what is true of all.
 * @returns everything that may concern a service, and little else, however much there is besides.
 */
export function gather(
  service: ServiceRef,
  selection: LabelSelector | undefined,
  controlPlane: string,
  objectsOf: ObjectsOf,
): ObservedObject[] {
  const { namespace, name } = service;
  const found = new Set<ObservedObject>();
  const take = (objects: Iterable<ObservedObject>) => {
    const taken = [...objects];
    for (const each of taken) found.add(each);
    return taken;
  };
  take(objectsOf('Namespace').named(namespace, namespace));
  for (const kind of madeFor) {
    take(objectsOf(kind).at(key.service(namespace, name)));
  }
  const workloads = take([
    ...podsOf(service, selection, objectsOf),
    ...(selection
      ? objectsOf('ExternalWorkload').within(namespace)
      : objectsOf('ExternalWorkload').at(key.name(namespace, name))),
  ]);
  for (const kind of workloadKinds) {
    take(objectsOf(kind).at(key.name(namespace, name)));
  }
  climb(workloads, objectsOf, take);
  const labelSets = new Set(
    workloads.flatMap(each =>
      each.kind === 'Pod' || each.kind === 'ExternalWorkload'
        ? [each.value.labels]
        : [],
    ),
  );
  for (const kind of ['Server', 'NetworkPolicy', 'Service'] as const) {
    take(selecting(objectsOf(kind), namespace, labelSets));
  }
  policiesOn(found, namespace, objectsOf, take);
  const accounts = new Set([
    name,
    ...workloads.flatMap(each =>
      each.kind === 'Pod' ? [each.value.serviceAccount] : [],
    ),
  ]);
  for (const account of accounts) {
    take(objectsOf('ServiceAccount').named(namespace, account));
  }
  take(objectsOf('Application').at(key.delivers(namespace)));
  take(objectsOf('ConfigMap').within(controlPlane));
  take(objectsOf('Certificate').within(controlPlane));
  for (const kind of observedKinds) take(objectsOf(kind).refusedIn(namespace));
  return [...found];
}

/** By the label of our workloads, by what made them, or by what the catalog selects. */
function podsOf(
  { namespace, name }: ServiceRef,
  selection: LabelSelector | undefined,
  objectsOf: ObjectsOf,
): ObservedObject[] {
  const pods = objectsOf('Pod');
  if (selection) {
    const [label] = selection.labels;
    if (label?.[0] === labels.backstageKubernetesId) {
      return [...pods.at(key.catalog(namespace, label[1]))];
    }
    return [...pods.within(namespace)];
  }
  const found = [...pods.at(key.name(namespace, name))];
  const visited = new Set<string>();
  let owners = [name];
  for (let step = 0; owners.length > 0 && step < longestChain; step++) {
    const next: string[] = [];
    for (const owner of owners.filter(each => !visited.has(each))) {
      visited.add(owner);
      const owned = key.owned(namespace, owner);
      found.push(...pods.at(owned));
      for (const kind of workloadKinds) {
        for (const each of objectsOf(kind).at(owned)) {
          if (each.kind !== 'refused') next.push(each.value.name);
        }
      }
    }
    owners = next;
  }
  return found;
}

/** Takes what made the pods, up to the top of each chain of owners. */
function climb(
  workloads: readonly ObservedObject[],
  objectsOf: ObjectsOf,
  take: (objects: Iterable<ObservedObject>) => ObservedObject[],
): void {
  let level = workloads;
  for (let step = 0; level.length > 0 && step < longestChain; step++) {
    const owners = new Map<string, ObservedObject[]>();
    for (const each of level) {
      if (!('owner' in each.value) || !each.value.owner) continue;
      const { kind, name } = each.value.owner;
      const known = workloadKinds.find(other => other === kind);
      const { namespace } = each.value;
      const at = `${kind}/${namespace}/${name}`;
      if (!known || owners.has(at)) continue;
      owners.set(at, objectsOf(known).named(namespace, name));
    }
    level = take([...owners.values()].flat());
  }
}

/** @returns what selects by a label of these, or by none at all. */
function* selecting(
  objects: IndexedObjects,
  namespace: string,
  labelSets: Iterable<ReadonlyMap<string, string>>,
): Iterable<ObservedObject> {
  yield* objects.at(key.selects(namespace, undefined));
  for (const set of labelSets) {
    for (const label of set) yield* objects.at(key.selects(namespace, label));
  }
}

/** Takes the policies about the Servers that were found, about their routes, and about the whole namespace. */
function policiesOn(
  found: ReadonlySet<ObservedObject>,
  namespace: string,
  objectsOf: ObjectsOf,
  take: (objects: Iterable<ObservedObject>) => ObservedObject[],
): void {
  take(objectsOf('AuthorizationPolicy').at(key.about('Namespace', namespace)));
  const servers = [...found].flatMap(each =>
    each.kind === 'Server' ? [each.value] : [],
  );
  for (const server of servers) {
    const about = key.about('Server', server.namespace, server.name);
    for (const kind of [
      'AuthorizationPolicy',
      'ServerAuthorization',
      'HTTPRoute',
      'GRPCRoute',
      'HTTPLocalRateLimitPolicy',
    ] as const) {
      take(objectsOf(kind).at(about));
    }
  }
  take(
    selecting(
      objectsOf('ServerAuthorization'),
      namespace,
      servers.map(server => server.labels),
    ),
  );
  const routes = [...found].flatMap(each =>
    each.kind === 'HTTPRoute' || each.kind === 'GRPCRoute' ? [each.value] : [],
  );
  for (const route of routes) {
    const { kind, namespace: at, name } = route;
    take(
      objectsOf('AuthorizationPolicy').at(
        key.about(kind, at, name.toLowerCase()),
      ),
    );
  }
  const policies = [...found].flatMap(each =>
    each.kind === 'AuthorizationPolicy' ? [each.value] : [],
  );
  for (const { requires } of policies) {
    for (const { kind, namespace: at, name } of requires) {
      if (kind !== 'ServiceAccount') take(objectsOf(kind).named(at, name));
    }
  }
}
