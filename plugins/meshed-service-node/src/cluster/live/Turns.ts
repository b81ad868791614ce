import { setImmediate as nextTurn } from 'node:timers/promises';

/** Lets others have their turn whenever a piece of work has taken long enough. */
export class Turns {
  private since = performance.now();

  /** @param milliseconds - longest piece of work. */
  constructor(private readonly milliseconds: number) {}

  get isOver(): boolean {
    return performance.now() - this.since >= this.milliseconds;
  }

  async pass(): Promise<void> {
    await nextTurn();
    this.since = performance.now();
  }
}
