import {
  KubernetesObject,
  labels,
  ObservedObject,
} from '@meshway/plugin-meshed-service-common';

type Entry = { observed: ObservedObject; label: string };

/** Objects of one kind, found by namespace, and by the label that names a workload. */
export class NamespacedObjects {
  private readonly namespaces = new Map<string, Map<string, Entry>>();
  private readonly byLabel = new Map<string, Map<string, ObservedObject>>();

  put(object: KubernetesObject, observed: ObservedObject): void {
    this.remove(object);
    const { namespace, key } = placeOf(object);
    const label = labelOf(object);
    within(this.namespaces, namespace).set(key, { observed, label });
    within(this.byLabel, `${namespace}/${label}`).set(key, observed);
  }

  remove(object: KubernetesObject): void {
    const { namespace, key } = placeOf(object);
    const known = this.namespaces.get(namespace)?.get(key);
    if (!known) return;
    take(this.namespaces, namespace, key);
    take(this.byLabel, `${namespace}/${known.label}`, key);
  }

  /** @returns the objects of a namespace; of a Namespace, itself. */
  within(namespace: string): ObservedObject[] {
    const entries = this.namespaces.get(namespace)?.values() ?? [];
    return [...entries].map(({ observed }) => observed);
  }

  /** @returns the objects of a namespace that are labelled as parts of one workload. */
  labelled(namespace: string, name: string): ObservedObject[] {
    return [...(this.byLabel.get(`${namespace}/${name}`)?.values() ?? [])];
  }

  /** @returns every workload label, with its namespace; objects without one are left out. */
  labels(): Array<{ namespace: string; label: string }> {
    return [...this.byLabel.keys()]
      .map(key => key.split('/'))
      .map(([namespace, label]) => ({ namespace, label }))
      .filter(({ label }) => label !== '');
  }

  all(): ObservedObject[] {
    return [...this.namespaces.keys()].flatMap(each => this.within(each));
  }
}

/** @returns the namespace that an object says something about: a Namespace speaks of itself. */
export function namespaceOf({ kind, metadata }: KubernetesObject): string {
  return kind === 'Namespace' ? metadata.name : metadata.namespace ?? '';
}

function placeOf(object: KubernetesObject): { namespace: string; key: string } {
  const { apiVersion, metadata } = object;
  return {
    namespace: namespaceOf(object),
    // Two API groups have an HTTPRoute, and both may bear one name.
    key: `${apiVersion.split('/')[0]}/${metadata.name}`,
  };
}

function labelOf({ metadata }: KubernetesObject): string {
  const label = metadata.labels?.[labels.name];
  return typeof label === 'string' ? label : '';
}

function within<Value>(
  outer: Map<string, Map<string, Value>>,
  key: string,
): Map<string, Value> {
  const known = outer.get(key) ?? new Map<string, Value>();
  outer.set(key, known);
  return known;
}

function take<Value>(
  outer: Map<string, Map<string, Value>>,
  key: string,
  inner: string,
): void {
  const known = outer.get(key);
  known?.delete(inner);
  if (known?.size === 0) outer.delete(key);
}
