import {
  labels,
  LabelSelector,
  ObservedObject,
} from '@meshway/plugin-meshed-service-common';

/**
 * Under what an object is looked for, beside its place. A key that finds too much costs time, one that finds too little costs
 * an answer: whoever looks sorts out what does not concern it.
 */
export const key = {
  /** Made for a service, as its label says. */
  service: (namespace: string, name: string) => `service ${namespace}/${name}`,
  /** Labelled, or called, as a workload. */
  name: (namespace: string, name: string) => `name ${namespace}/${name}`,
  /** Labelled for the catalog. */
  catalog: (namespace: string, id: string) => `catalog ${namespace}/${id}`,
  /** Controlled by something of that name. */
  owned: (namespace: string, owner: string) => `owned ${namespace}/${owner}`,
  /** Selects by this label, the first that it asks for; without one, it must be asked itself. */
  selects: (
    namespace: string,
    label: readonly [key: string, value: string] | undefined,
  ) => `selects ${namespace}/${label ? label.join('=') : ''}`,
  /** Is about a Server, a route or a whole namespace. */
  about: (kind: string, namespace: string, name = '') =>
    `about ${kind} ${namespace}/${name}`,
  /** Requires an authentication of another namespace. */
  requires: (kind: string, namespace: string, name: string) =>
    `requires ${kind} ${namespace}/${name}`,
  /** Delivers to a namespace. */
  delivers: (namespace: string) => `delivers ${namespace}`,
} as const;

const selecting = (namespace: string, selector: LabelSelector) =>
  key.selects(namespace, selector.labels[0]);

/** @returns every key of an object. */
export function keysOf(observed: ObservedObject): string[] {
  if (observed.kind === 'refused') return [];
  const { namespace, service } = observed.value;
  const own = ownKeysOf(observed);
  return service ? [...own, key.service(namespace, service)] : own;
}

function ownKeysOf(
  observed: Exclude<ObservedObject, { kind: 'refused' }>,
): string[] {
  const { kind, value } = observed;
  const { namespace, name } = value;
  switch (kind) {
    case 'Pod': {
      const label = value.labels.get(labels.name);
      const id = value.labels.get(labels.backstageKubernetesId);
      const hash = value.labels.get(labels.podTemplateHash);
      const owner = value.owner?.name;
      const unlabelled = owner
        ? [
            key.owned(namespace, owner),
            ...(hash && owner.endsWith(`-${hash}`)
              ? [key.owned(namespace, owner.slice(0, -hash.length - 1))]
              : []),
          ]
        : [key.name(namespace, name)];
      return [
        ...(label ? [key.name(namespace, label)] : unlabelled),
        ...(id ? [key.catalog(namespace, id)] : []),
      ];
    }
    case 'ExternalWorkload':
      return [key.name(namespace, value.labels.get(labels.name) || name)];
    case 'Server':
    case 'NetworkPolicy':
      return [selecting(namespace, value.selects)];
    case 'Service':
      return [key.selects(namespace, value.selects[0])];
    case 'ServerAuthorization':
      return 'name' in value.server
        ? [key.about('Server', namespace, value.server.name)]
        : [selecting(namespace, value.server.selector)];
    case 'AuthorizationPolicy': {
      const { target } = value;
      const abroad = value.requires.filter(
        each => each.namespace !== namespace,
      );
      return [
        target.kind === 'Namespace'
          ? key.about('Namespace', namespace)
          : key.about(target.kind, namespace, target.name),
        ...abroad.map(each =>
          key.requires(each.kind, each.namespace, each.name),
        ),
      ];
    }
    case 'HTTPRoute':
    case 'GRPCRoute':
      return [
        ...new Set(
          value.parents.map(parent =>
            key.about('Server', parent.namespace, parent.name),
          ),
        ),
      ];
    case 'HTTPLocalRateLimitPolicy':
      return [key.about('Server', namespace, value.server)];
    case 'Application':
      return value.destination ? [key.delivers(value.destination)] : [];
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicaSet':
    case 'Job':
    case 'CronJob':
      return value.owner
        ? [key.owned(namespace, value.owner.name)]
        : [key.name(namespace, value.label || name)];
    default:
      return [];
  }
}
