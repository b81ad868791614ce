/** How many answers are kept: what a few open pages show. */
const KEPT = 100;
/** The backend calls an answer the same while nothing but instants differ. So that ages stay true, it is asked for anew after this. */
const LONGEST_MILLISECONDS = 55_000;

/** Answers that the backend has marked as editions, so that the same one need not be sent, parsed and drawn again. */
export class Editions<T> {
  private readonly kept = new Map<
    string,
    { tag: string; value: T; at: number }
  >();

  constructor(private readonly now: () => number) {}

  /** @returns what is held of a route, and by which tag the backend knows it. */
  of(route: string): { tag: string; value: T } | undefined {
    const held = this.kept.get(route);
    return held && this.now() - held.at < LONGEST_MILLISECONDS
      ? held
      : undefined;
  }

  keep(route: string, tag: string | null, value: T): void {
    this.kept.delete(route);
    if (!tag) return;
    this.kept.set(route, { tag, value, at: this.now() });
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT) this.kept.delete(oldest);
  }
}
