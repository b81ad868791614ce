import type { ServiceRef } from '@meshway/plugin-meshed-service-common';
import type { ObservedChange } from './ObservedServices';

/** Parts of clusters. */
export class Places {
  private readonly byName = new Map<string, ObservedChange>();

  add(place: ObservedChange): void {
    this.byName.set(nameOf(place), place);
  }

  all(): Iterable<ObservedChange> {
    return this.byName.values();
  }

  has({ cluster, namespace }: ServiceRef): boolean {
    return (
      this.byName.has(nameOf({ cluster })) ||
      this.byName.has(nameOf({ cluster, namespace }))
    );
  }
}

/** Where services may have come up since they were listed: everywhere, at first. */
export class Unlisted {
  private everywhere = true;
  private places = new Places();

  /** @param change - absent: anywhere. */
  add(change?: ObservedChange): void {
    if (change) this.places.add(change);
    else this.everywhere = true;
  }

  /** @returns the places, which count as listed from now on; undefined: everywhere. */
  take(): Places | undefined {
    const places = this.everywhere ? undefined : this.places;
    this.everywhere = false;
    this.places = new Places();
    return places;
  }
}

const nameOf = ({ cluster, namespace = '' }: ObservedChange) =>
  `${cluster}/${namespace}`;
