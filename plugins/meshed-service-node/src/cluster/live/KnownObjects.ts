import type { KubernetesObject } from '@meshway/plugin-meshed-service-common';

/** Which objects of one collection have been taken in, and in which version. */
export class KnownObjects {
  private versions = new Map<string, string>();
  private seen: Set<string> | undefined;

  get size(): number {
    return this.versions.size;
  }

  /** Everything is about to be told anew. */
  beginList(): void {
    this.seen = new Set();
  }

  /** @returns whether it is another version than the one that is known. */
  take(object: KubernetesObject, resourceVersion: string): boolean {
    const key = keyOf(object);
    this.seen?.add(key);
    if (this.versions.get(key) === resourceVersion) return false;
    this.versions.set(key, resourceVersion);
    return true;
  }

  /** @returns whether it was known. */
  drop(object: KubernetesObject): boolean {
    const key = keyOf(object);
    this.seen?.delete(key);
    return this.versions.delete(key);
  }

  /** Everything was told. @returns what was known and is not there any more. */
  endList(): Place[] {
    const { seen } = this;
    this.seen = undefined;
    const gone = [...this.versions.keys()].filter(key => !seen?.has(key));
    for (const key of gone) this.versions.delete(key);
    return gone.map(placeFrom);
  }

  /** @returns everything that was known. */
  forget(): Place[] {
    const gone = [...this.versions.keys()].map(placeFrom);
    this.versions = new Map();
    this.seen = undefined;
    return gone;
  }
}

/** Where an object stands. */
export type Place = { namespace?: string; name: string };

/** @returns namespace and name, as one text. */
export function keyOf({
  metadata,
}: Pick<KubernetesObject, 'metadata'>): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

function placeFrom(key: string): Place {
  const [namespace, name] = key.split('/');
  return namespace ? { namespace, name } : { name };
}
