import {
  observedResources,
  ObservedKind,
  ObservedResource,
} from '@meshway/plugin-meshed-service-common';
import type { ClusterStore } from '../../store';
import { collectionsOf, definitions as allDefinitions } from './Collection';
import { CollectionRun, CollectionRunParts } from './CollectionRun';
import { Definitions } from './Definitions';
import type { Feed } from './Feed';
import { FreshnessBoard, StandingEntry } from './FreshnessBoard';
import { onlyIn } from './onlyIn';
import { Pulse } from './Pulse';
import type { Standing } from './Standing';
import { systemTiming, Timing } from './Timing';
import { WaitingRoom } from './WaitingRoom';
import { defaultWatchLimits, WatchLimits } from './WatchLimits';

/** What a live source reads, from where, and into what. @public */
export type LiveSourceOptions = {
  cluster: string;
  feed: Feed;
  store: Pick<ClusterStore, 'apply' | 'delete' | 'stale'>;
  controlPlaneNamespace: string;
  argocdNamespace: string;
  /** Nothing but this namespace, for whoever may read no more. */
  namespace?: string;
  /** Default: everything that a status can rest on. */
  resources?: readonly ObservedResource[];
  limits?: Partial<WatchLimits>;
  timing?: Timing;
};

/** How one collection is followed. @public */
export type FollowedCollection = {
  kind: ObservedKind;
  group: string;
  objects: number;
  state: Standing['state'];
  heardAt?: string;
  /** From the last change in the cluster to its arrival here. */
  lagSeconds?: number;
};

/**
 * Feeds a store from a cluster that runs, and says of every kind how whole and how old it is.
 *
 * @public
 */
export class LiveSource {
  private readonly runs: Array<{
    kind: ObservedKind;
    group: string;
    run: CollectionRun;
    entry: StandingEntry;
  }>;
  private readonly ofDefinitions: CollectionRun;
  private readonly pulse: Pulse;
  private readonly feed: Feed;
  private running: { stop: AbortController; done: Promise<void> } | undefined;

  constructor(options: LiveSourceOptions) {
    const { cluster, feed, store, timing = systemTiming } = options;
    const limits = { ...defaultWatchLimits, ...options.limits };
    const board = new FreshnessBoard(
      options.namespace === undefined
        ? store
        : onlyIn(options.namespace, store),
      timing,
    );
    const room = new WaitingRoom(timing);
    const definitions = new Definitions();
    this.feed = feed;
    this.pulse = new Pulse({
      cluster,
      feed,
      room,
      timing,
      limits,
      onChange: lost => board.doubt({ lost }),
    });
    const parts = {
      cluster,
      feed,
      timing,
      limits,
      room,
      definitions,
      pulse: this.pulse,
    } satisfies Partial<CollectionRunParts>;
    this.runs = collectionsOf(
      options.resources ?? observedResources,
      options,
    ).map(collection => {
      const entry = board.entryOf(collection.kind);
      const { kind, group } = collection;
      const run = new CollectionRun(collection, {
        ...parts,
        index: store,
        stands: entry.stands,
        heard: entry.heard,
      });
      return { kind, group, run, entry };
    });
    this.ofDefinitions = new CollectionRun(allDefinitions, {
      ...parts,
      index: definitions,
      heard: () => undefined,
      stands: standing => {
        if (standing.state === 'current') definitions.areKnown();
        else definitions.areUntold();
        board.doubt({
          // Where they were never told, every kind is asked for by itself.
          installed:
            'because' in standing && definitions.areFollowed
              ? `which kinds are installed is not known any more: ${standing.because}`
              : undefined,
        });
      },
    });
  }

  /** Begins to watch; until `stop`. Nothing that happens to the cluster ends it, nor the process. */
  start(): void {
    if (this.running) return;
    const stop = new AbortController();
    const { signal } = stop;
    const all = [
      this.pulse.run(signal),
      this.ofDefinitions.follow(signal),
      ...this.runs.map(({ run }) => run.follow(signal)),
    ];
    this.running = { stop, done: Promise.all(all).then(() => undefined) };
  }

  /** Lists everything once. What cannot be read is said in the store's freshness. */
  async readOnce(signal: AbortSignal = new AbortController().signal) {
    await Promise.all(this.runs.map(({ run }) => run.read(signal)));
  }

  /** Ends all watches, and lets go of all connections. */
  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    running?.stop.abort();
    await running?.done;
    await this.feed.close();
  }

  /** @returns how everything that is watched is followed. */
  collections(): FollowedCollection[] {
    return this.runs.map(({ kind, group, run, entry }) => ({
      kind,
      group,
      objects: run.size,
      state: entry.told.standing.state,
      ...(entry.told.heardAt ? { heardAt: entry.told.heardAt } : {}),
      ...(run.lagSeconds === undefined ? {} : { lagSeconds: run.lagSeconds }),
    }));
  }
}
