import {
  labels,
  Pod,
  PodController,
  serviceNameOf,
  workloadKinds,
} from '@meshway/plugin-meshed-service-common';
import type { ObjectsOf } from './gather';

type Place = { namespace: string; name: string };

/**
 * @returns the services that something was seen of, sorted: by the label that names a workload; without one, what takes part in
 *   the mesh or was meant to, by the top of its chain of owners; and whatever is ours by its label.
 */
export function servicesSeen(objectsOf: ObjectsOf): Place[] {
  const found = new Map<string, Place>();
  const add = (namespace: string, name: string | undefined) => {
    if (name) found.set(`${namespace}/${name}`, { namespace, name });
  };
  const controller = (
    namespace: string,
    owner: { kind: string; name: string },
  ): PodController | undefined => {
    const kind = workloadKinds.find(each => each === owner.kind);
    const [known] = kind ? objectsOf(kind).named(namespace, owner.name) : [];
    return known?.kind === kind ? (known.value as PodController) : undefined;
  };
  const injecting = new Set<string>();
  for (const { kind, value } of objectsOf('Namespace').all()) {
    if (kind !== 'Namespace') continue;
    add(value.name, value.service);
    if (value.inject === 'enabled' || value.inject === 'ingress') {
      injecting.add(value.name);
    }
  }
  const isSeen = ({ labels: own, proxy, inject, namespace }: Pod) =>
    own.has(labels.name) ||
    proxy !== undefined ||
    inject !== undefined ||
    injecting.has(namespace);
  for (const { kind, value } of objectsOf('Pod').all()) {
    if (kind === 'Pod' && isSeen(value)) {
      add(value.namespace, serviceNameOf(value, controller));
    }
  }
  for (const kind of ['Server', 'Deployment', 'ExternalWorkload'] as const) {
    for (const observed of objectsOf(kind).all()) {
      if (observed.kind !== 'refused') {
        add(observed.value.namespace, observed.value.service);
      }
    }
  }
  return [...found.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, place]) => place);
}
