import type { KubernetesObject } from '@meshway/plugin-meshed-service-common';
import { ByPlace, Place } from './ByPlace';

/** A version as it is compared. Nothing but its equality means anything; as a number it takes the least room. */
type Version = number | string;

/** Which objects of one collection have been taken in, and in which version. */
export class KnownObjects {
  private versions = new ByPlace<Version>();
  private seen: ByPlace<true> | undefined;

  get size(): number {
    return this.versions.size;
  }

  /** Everything is about to be told anew. */
  beginList(): void {
    this.seen = new ByPlace();
  }

  /** @returns whether it is another version than the one that is known. */
  take({ metadata }: KubernetesObject, resourceVersion: string): boolean {
    this.seen?.set(metadata, true);
    const version = versionOf(resourceVersion);
    if (this.versions.get(metadata) === version) return false;
    this.versions.set(metadata, version);
    return true;
  }

  /** @returns whether it was known. */
  drop({ metadata }: KubernetesObject): boolean {
    this.seen?.delete(metadata);
    return this.versions.delete(metadata);
  }

  /** Everything was told. @returns what was known and is not there any more. */
  endList(): Place[] {
    const { seen } = this;
    this.seen = undefined;
    const gone = this.versions.places().filter(place => !seen?.get(place));
    for (const place of gone) this.versions.delete(place);
    return gone;
  }

  /** @returns everything that was known. */
  forget(): Place[] {
    const gone = this.versions.places();
    this.versions = new ByPlace();
    this.seen = undefined;
    return gone;
  }
}

function versionOf(resourceVersion: string): Version {
  return /^[1-9]\d{0,14}$/.test(resourceVersion)
    ? Number(resourceVersion)
    : resourceVersion;
}
