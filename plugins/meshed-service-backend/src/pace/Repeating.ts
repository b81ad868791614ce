/** Does something again and again, never twice at once: each time starts a while after the last one has ended. */
export class Repeating {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  /** @param work - must not reject: who repeats something has to know what its failure means. */
  constructor(
    private readonly work: () => Promise<unknown>,
    private readonly everyMilliseconds: number,
  ) {}

  start(): void {
    if (this.stopped || this.timer) return;
    this.timer = setTimeout(async () => {
      await this.work();
      this.timer = undefined;
      this.start();
    }, this.everyMilliseconds).unref();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }
}
