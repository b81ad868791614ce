import {
  KubernetesObject,
  ObservedObject,
} from '@meshway/plugin-meshed-service-common';
import { keysOf } from './keysOf';

/** Objects of one kind, found by place and by key. Most keys find one object, so it stands there without a set around it. */
export class IndexedObjects {
  private readonly namespaces = new Map<string, Map<string, ObservedObject>>();
  private readonly keys = new Map<
    string,
    ObservedObject | Set<ObservedObject>
  >();
  private readonly refused = new Map<string, Set<ObservedObject>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** @returns what was known of the object before. */
  put(
    object: KubernetesObject,
    observed: ObservedObject,
  ): ObservedObject | undefined {
    const before = this.remove(object);
    const { namespace, name } = placeOf(object);
    const here = this.namespaces.get(namespace) ?? new Map();
    this.namespaces.set(namespace, here.set(name, observed));
    this.count += 1;
    if (observed.kind === 'refused') {
      const refused = this.refused.get(namespace) ?? new Set();
      this.refused.set(namespace, refused.add(observed));
    }
    for (const key of keysOf(observed)) this.add(key, observed);
    return before;
  }

  /** @returns what was known of the object. */
  remove(object: KubernetesObject): ObservedObject | undefined {
    const { namespace, name } = placeOf(object);
    const here = this.namespaces.get(namespace);
    const known = here?.get(name);
    if (!here || !known) return undefined;
    here.delete(name);
    this.count -= 1;
    if (here.size === 0) this.namespaces.delete(namespace);
    this.refused.get(namespace)?.delete(known);
    for (const key of keysOf(known)) this.take(key, known);
    return known;
  }

  /** @returns the object of that name; of a kind that two groups have, both. */
  named(namespace: string, name: string): ObservedObject[] {
    const here = this.namespaces.get(namespace);
    if (!here) return [];
    const found = [here.get(name), here.get(inOtherGroup(name))];
    return found.filter(each => each !== undefined);
  }

  /** @returns the objects that are looked for under a key. */
  at(key: string): Iterable<ObservedObject> {
    const found = this.keys.get(key);
    if (!found) return [];
    return found instanceof Set ? found : [found];
  }

  /** @returns what the door refused in a namespace. */
  refusedIn(namespace: string): Iterable<ObservedObject> {
    return this.refused.get(namespace) ?? [];
  }

  within(namespace: string): Iterable<ObservedObject> {
    return this.namespaces.get(namespace)?.values() ?? [];
  }

  /** @returns the namespaces in which there are objects of this kind. */
  get places(): Iterable<string> {
    return this.namespaces.keys();
  }

  private add(key: string, observed: ObservedObject): void {
    const known = this.keys.get(key);
    if (known === undefined) this.keys.set(key, observed);
    else if (known instanceof Set) known.add(observed);
    else this.keys.set(key, new Set([known, observed]));
  }

  private take(key: string, observed: ObservedObject): void {
    const known = this.keys.get(key);
    if (known === observed) this.keys.delete(key);
    else if (known instanceof Set) {
      known.delete(observed);
      if (known.size === 0) this.keys.delete(key);
    }
  }
}

/** @returns the namespace that an object says something about: a Namespace speaks of itself. */
export function namespaceOf({ kind, metadata }: KubernetesObject): string {
  const { name, namespace } = Object(metadata);
  return String((kind === 'Namespace' ? name : namespace) ?? '');
}

function placeOf(object: KubernetesObject): {
  namespace: string;
  name: string;
} {
  const name = String(Object(object.metadata).name ?? '');
  // Two API groups have an HTTPRoute, and both may bear one name.
  const isOther = object.apiVersion.startsWith('gateway.networking.k8s.io/');
  return {
    namespace: namespaceOf(object),
    name: isOther ? inOtherGroup(name) : name,
  };
}

/** No name has a blank in it. */
function inOtherGroup(name: string): string {
  return `gateway ${name}`;
}
