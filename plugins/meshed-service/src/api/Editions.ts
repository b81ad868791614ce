/** How many answers are kept: what a few open pages show. */
const KEPT = 100;

/** Answers that the backend has marked as editions, so that the same one need not be sent, parsed and drawn again. */
export class Editions<T> {
  private readonly kept = new Map<string, { tag: string; value: T }>();

  /** @returns what is held of a route, and by which tag the backend knows it. */
  of(route: string): { tag: string; value: T } | undefined {
    return this.kept.get(route);
  }

  keep(route: string, tag: string | null, value: T): void {
    this.kept.delete(route);
    if (!tag) return;
    this.kept.set(route, { tag, value });
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT) this.kept.delete(oldest);
  }
}
