/** What may have changed: something in one namespace, or anything anywhere. @public */
export type StoreChange = { namespace?: string };

type Listener = (change: StoreChange) => void;

/** Who is told of changes. Several changes in a row are the listener's business: it is told of each. */
export class StoreChanges {
  private readonly listeners = new Set<{ tell: Listener }>();

  subscribe(listener: Listener): () => void {
    const entry = { tell: listener };
    this.listeners.add(entry);
    return () => this.listeners.delete(entry);
  }

  tell(change: StoreChange): void {
    for (const { tell } of this.listeners) {
      try {
        tell(change);
      } catch {
        // A listener that fails is no reason to lose a change, nor to keep it from the others.
      }
    }
  }
}
