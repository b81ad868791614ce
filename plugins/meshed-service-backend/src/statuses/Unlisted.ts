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

  /**
   * Lists what came up there; whatever comes up meanwhile is for the next time.
   * @param list - given the places; undefined: everywhere. When it fails, nothing of it counts as listed.
   */
  async settle(
    list: (places: Places | undefined) => Promise<void>,
  ): Promise<void> {
    const { everywhere, places } = this;
    this.everywhere = false;
    this.places = new Places();
    try {
      await list(everywhere ? undefined : places);
    } catch (error) {
      if (everywhere) this.add();
      for (const place of places.all()) this.add(place);
      throw error;
    }
  }
}

const nameOf = ({ cluster, namespace = '' }: ObservedChange) =>
  `${cluster}/${namespace}`;
