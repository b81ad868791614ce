import type {
  KindFreshness,
  ObservedKind,
} from '@meshway/plugin-meshed-service-common';
import { Doubts, freshnessOf, notYetRead, Standing, Told } from './Standing';
import type { Timing } from './Timing';

/** How often the time alone is written down, while nothing else changes. */
const AGE_EVERY = 10_000;

/** What a store is told of a kind. */
export type FreshnessIndex = {
  stale(scope: { kind: ObservedKind }, freshness: KindFreshness): void;
};

type Entry = Told & { kind: ObservedKind };

/** Keeps how every collection stands, and tells the store how every kind does: at once when it changes, seldom otherwise. */
export class FreshnessBoard {
  private readonly entries: Entry[] = [];
  private readonly written = new Map<
    ObservedKind,
    { text: string; at: number }
  >();
  private doubts: Doubts = {};

  constructor(
    private readonly store: FreshnessIndex,
    private readonly timing: Timing,
  ) {}

  /** @returns where one more collection of a kind says how it stands. */
  entryOf(kind: ObservedKind): StandingEntry {
    const entry: Entry = { kind, standing: notYetRead };
    this.entries.push(entry);
    return {
      get told() {
        return entry;
      },
      stands: standing => {
        entry.standing = standing;
        this.write(kind);
      },
      heard: () => {
        entry.heardAt = new Date(this.timing.now()).toISOString();
        this.write(kind);
      },
    };
  }

  doubt(doubts: Doubts): void {
    this.doubts = { ...this.doubts, ...doubts };
    for (const kind of new Set(this.entries.map(each => each.kind)))
      this.write(kind);
  }

  private write(kind: ObservedKind): void {
    const written = this.written.get(kind);
    const now = this.timing.elapsed();
    const { observedAt, ...rest } = freshnessOf(
      this.entries.filter(each => each.kind === kind),
      this.doubts,
    );
    const text = JSON.stringify(rest);
    if (written?.text === text && now - written.at < AGE_EVERY) return;
    this.written.set(kind, { text, at: now });
    this.store.stale(
      { kind },
      { ...rest, ...(observedAt === undefined ? {} : { observedAt }) },
    );
  }
}

/** Where a collection says how it stands. */
export type StandingEntry = {
  readonly told: Told;
  stands(standing: Standing): void;
  /** The server has said something of it just now. */
  heard(): void;
};
