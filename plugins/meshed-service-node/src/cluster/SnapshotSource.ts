import { basename, dirname } from 'node:path';
import {
  observedKindOf,
  observedKinds,
  SourceProblem,
} from '@meshway/plugin-meshed-service-common';
import type { ClusterStore } from '../store';
import { Listing, listFiles } from './listFiles';
import { onlyIn } from './live/onlyIn';
import { readListedSnapshot } from './readSnapshot';
import type { ClusterSnapshot } from './ClusterSnapshot';

/**
 * Feeds a store from a folder, again whenever the folder has changed.
 *
 * @public
 */
export class SnapshotSource {
  /** Files, sizes and times at the last reading. */
  private fingerprint = '';
  private found: SourceProblem[] = [];
  private running: Promise<void> | undefined;

  constructor(
    private readonly folder: string,
    private readonly store: ClusterStore,
    private readonly now: () => string,
  ) {}

  /** For people: the last two parts of a path, since the rest is the server's business. */
  static nameOf(folder: string): string {
    return `snapshot ${basename(dirname(folder))}/${basename(folder)}`;
  }

  /** What was wrong at the last reading. */
  get problems(): readonly SourceProblem[] {
    return this.found;
  }

  /** Brings the store up to date; looks at names, sizes and times only while nothing has changed. */
  refresh(): Promise<void> {
    this.running ??= this.readIfChanged().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async readIfChanged(): Promise<void> {
    let snapshot: ClusterSnapshot | undefined;
    try {
      const listing = await listFiles(this.folder);
      const fingerprint = fingerprintOf(listing);
      if (fingerprint === this.fingerprint) return;
      snapshot = await readListedSnapshot(this.folder, listing, this.now());
      this.fingerprint = fingerprint;
    } catch {
      this.lose();
      return;
    }
    this.feed(snapshot);
  }

  private feed(snapshot: ClusterSnapshot): void {
    const { objects, takenAt, problems, gaps } = snapshot;
    this.found = problems;
    for (const kind of observedKinds) {
      this.store.reset(
        kind,
        objects.filter(object => observedKindOf(object) === kind),
        { observedAt: takenAt },
      );
    }
    const { store } = this;
    const only = snapshot.namespace;
    const index = only === undefined ? store : onlyIn(only, store);
    if (only !== undefined)
      for (const kind of observedKinds)
        index.stale({ kind }, { state: 'current', observedAt: takenAt });
    for (const { kind, namespace, freshness } of gaps) {
      if (namespace) store.stale({ kind, namespace }, freshness);
      else index.stale({ kind }, freshness);
    }
  }

  private lose(): void {
    const wasRead = this.fingerprint !== '';
    const message = 'the folder of the snapshot cannot be read';
    this.fingerprint = wasRead ? 'lost' : '';
    this.found = [{ file: '.', message }];
    for (const kind of observedKinds) {
      this.store.stale(
        { kind },
        { state: wasRead ? 'stale' : 'unreadable', message },
      );
    }
  }
}

function fingerprintOf({ files, problems }: Listing): string {
  return JSON.stringify([
    files.map(({ path, bytes, modified }) => [path, bytes, modified]),
    problems,
  ]);
}
