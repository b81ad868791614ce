import {
  formatObjectRef,
  KubernetesObject,
  refOf,
} from '@meshway/plugin-meshed-service-common';
import { asMemberOf, Collection, remainsOf } from './Collection';
import type { Place } from './ByPlace';
import { KnownObjects } from './KnownObjects';

/** What is told of each object: the verbs of a store. @public */
export type ObjectIndex = {
  apply(object: KubernetesObject): void;
  delete(object: KubernetesObject): void;
};

/**
 * Takes the objects of one collection into an index, each once per version. An object that the index cannot bear takes
 * nothing else with it: it is remembered, until it is another.
 */
export class Intake {
  private readonly known = new KnownObjects();
  private readonly refused = new Map<string, string>();
  /** Of the version that is served; the group is what an index knows objects by. */
  private version: string;

  constructor(
    private readonly collection: Collection,
    private readonly index: ObjectIndex,
  ) {
    this.version = collection.versions[0];
  }

  get size(): number {
    return this.known.size;
  }

  /** Why what is known is not whole, if it is not. */
  get gap(): string | undefined {
    const [first] = this.refused.values();
    return first;
  }

  beginList(version: string): void {
    this.version = version;
    this.known.beginList();
  }

  /** @returns whether it was news. */
  put(raw: KubernetesObject, resourceVersion: string): boolean {
    const object = asMemberOf(this.collection, this.version, raw);
    if (!this.known.take(object, resourceVersion)) return false;
    this.tell(object, () => this.index.apply(object));
    return true;
  }

  drop(raw: KubernetesObject): void {
    const object = asMemberOf(this.collection, this.version, raw);
    this.known.drop(object);
    this.tell(object, () => this.index.delete(object));
  }

  endList(): void {
    for (const place of this.known.endList()) this.lose(place);
  }

  forget(): void {
    for (const place of this.known.forget()) this.lose(place);
  }

  private lose(place: Place): void {
    const object = remainsOf(this.collection, this.version, place);
    this.tell(object, () => this.index.delete(object));
  }

  private tell(object: KubernetesObject, work: () => void): void {
    const { namespace = '', name } = object.metadata;
    const key = `${namespace}/${name}`;
    try {
      work();
      this.refused.delete(key);
    } catch {
      const ref = formatObjectRef(refOf(object));
      this.refused.set(key, `${ref} could not be taken in`);
    }
  }
}
