import { setTimeout as sleep } from 'node:timers/promises';
import { inSlices } from '@meshway/plugin-meshed-service-node';

/** What waits comes in bursts; each item is worked on once. */
const COALESCED_MILLISECONDS = 10;
/** Between two slices, so that the work takes a third of the process at most. */
const REST_MILLISECONDS = 16;

/** Items that wait to be worked on, in slices with rests between them; without rests while somebody waits for all of them. */
export class WorkQueue<Item> {
  private readonly waiting = new Set<Item>();
  private timer: NodeJS.Timeout | undefined;
  private draining: Promise<void> | undefined;
  private hurried = 0;

  /** @param work - must not reject. May add the item that it has worked on, when that has changed meanwhile. */
  constructor(private readonly work: (item: Item) => Promise<void>) {}

  add(items: Iterable<Item>): void {
    for (const item of items) this.waiting.add(item);
    if (this.waiting.size > 0 && !this.draining)
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        void this.drain();
      }, COALESCED_MILLISECONDS).unref();
  }

  /**
   * @param fill - adds what else is to be worked on.
   * @returns when nothing waits any more.
   */
  async hurry(fill: () => Promise<void>): Promise<void> {
    this.hurried += 1;
    try {
      await fill();
      await this.drain();
    } finally {
      this.hurried -= 1;
    }
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private drain(): Promise<void> {
    this.draining ??= this.workThrough().finally(() => {
      this.draining = undefined;
    });
    return this.draining;
  }

  private async workThrough(): Promise<void> {
    while (this.waiting.size > 0)
      await inSlices(
        [...this.waiting],
        async item => {
          this.waiting.delete(item);
          await this.work(item);
        },
        async () => {
          if (this.hurried === 0) await sleep(REST_MILLISECONDS);
        },
      );
  }
}
