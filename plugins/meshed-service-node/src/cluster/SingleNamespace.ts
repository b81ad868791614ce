import { kinds } from '@meshway/plugin-meshed-service-common';
import type { Clock } from '../http';
import { Kubernetes, PermissionMissingError } from '../kubernetes';
import type { FreshnessIndex } from './live/FreshnessBoard';
import type { ObjectIndex } from './live/Intake';

const EVERY_SECONDS = 10;

/**
 * Keeps one Namespace in a store up to date, for whoever has rights in it and nowhere else: they may read it by its name, and
 * neither list nor watch namespaces.
 */
export class SingleNamespace {
  private running: { stop: AbortController; done: Promise<void> } | undefined;
  private wasRead = false;

  constructor(
    private readonly parts: {
      kubernetes: Pick<Kubernetes, 'read'>;
      namespace: string;
      store: ObjectIndex & FreshnessIndex;
      clock: Clock;
    },
  ) {}

  /** Looks again and again, until `stop`. */
  start(): void {
    if (this.running) return;
    const stop = new AbortController();
    this.running = { stop, done: this.follow(stop.signal) };
  }

  async stop(): Promise<void> {
    const { running } = this;
    this.running = undefined;
    running?.stop.abort();
    await running?.done;
  }

  /** Looks once. What cannot be read is said in the store. */
  async readOnce(signal?: AbortSignal): Promise<void> {
    const { kubernetes, namespace: name, store, clock } = this.parts;
    const kind = 'Namespace';
    try {
      const found = await kubernetes.read({ ...kinds[kind], name }, { signal });
      if (found) store.apply(found);
      else store.delete({ ...kinds[kind], metadata: { name } });
      this.wasRead = true;
      const observedAt = new Date(clock.now()).toISOString();
      store.stale({ kind }, { state: 'current', observedAt });
    } catch (error) {
      if (signal?.aborted) return;
      const message = error instanceof Error ? error.message : String(error);
      const lost = this.wasRead ? 'stale' : 'unreadable';
      store.stale(
        { kind },
        {
          state: error instanceof PermissionMissingError ? 'forbidden' : lost,
          message,
        },
      );
    }
  }

  private async follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.readOnce(signal);
      await this.parts.clock
        .sleep(EVERY_SECONDS * 1000, signal)
        .catch(() => undefined);
    }
  }
}
