import {
  labels,
  Pod,
  PodController,
  serviceNameOf,
  workloadKinds,
} from '@meshway/plugin-meshed-service-common';
import type { ObjectsOf } from './gather';

type Place = { namespace: string; name: string };

/** Kinds that say which service they belong to, though no pod of it may be there. */
const labelled = ['Server', 'Deployment', 'ExternalWorkload'] as const;

/** @returns every namespace in which a service may be seen. */
export function namespacesSeen(objectsOf: ObjectsOf): Set<string> {
  return new Set(
    (['Namespace', 'Pod', ...labelled] as const).flatMap(kind => [
      ...objectsOf(kind).places,
    ]),
  );
}

/**
 * @returns the services that something was seen of in a namespace, sorted: by the label that names a workload; without one, what
 *   takes part in the mesh or was meant to, by the top of its chain of owners; and whatever is ours by its label. It depends on
 *   nothing outside of that namespace.
 */
export function servicesSeen(namespace: string, objectsOf: ObjectsOf): Place[] {
  const found = new Set<string>();
  const add = (name: string | undefined) => {
    if (name) found.add(name);
  };
  const controller = (
    where: string,
    owner: { kind: string; name: string },
  ): PodController | undefined => {
    const kind = workloadKinds.find(each => each === owner.kind);
    const [known] = kind ? objectsOf(kind).named(where, owner.name) : [];
    return known?.kind === kind ? (known.value as PodController) : undefined;
  };
  let isInjecting = false;
  for (const { kind, value } of objectsOf('Namespace').within(namespace)) {
    if (kind !== 'Namespace') continue;
    add(value.service);
    isInjecting ||= value.inject === 'enabled' || value.inject === 'ingress';
  }
  const isSeen = ({ labels: own, proxy, inject }: Pod) =>
    own.has(labels.name) ||
    proxy !== undefined ||
    inject !== undefined ||
    isInjecting;
  for (const { kind, value } of objectsOf('Pod').within(namespace)) {
    if (kind === 'Pod' && isSeen(value)) add(serviceNameOf(value, controller));
  }
  for (const kind of labelled) {
    for (const observed of objectsOf(kind).within(namespace)) {
      if (observed.kind !== 'refused') add(observed.value.service);
    }
  }
  return [...found].sort().map(name => ({ namespace, name }));
}
