import type { Timing } from './Timing';

/** Where collections of one cluster wait after a failure, each for its own time, until somebody calls them in. */
export class WaitingRoom {
  private readonly waiting = new Set<{ call: () => void }>();

  constructor(private readonly timing: Timing) {}

  get isEmpty(): boolean {
    return this.waiting.size === 0;
  }

  /** @returns when the time is over, or when called, or when the signal is aborted. */
  async wait(
    milliseconds: number,
    { signal, mayBeCalled }: { signal: AbortSignal; mayBeCalled: boolean },
  ): Promise<void> {
    const called = new AbortController();
    const place = { call: () => called.abort() };
    if (mayBeCalled) this.waiting.add(place);
    try {
      await this.timing.sleep(
        milliseconds,
        AbortSignal.any([signal, called.signal]),
      );
    } catch {
      // Whoever is called, or stopped, has waited long enough.
    } finally {
      this.waiting.delete(place);
    }
  }

  /** Calls in who has waited longest. */
  callNext(): void {
    const [first] = this.waiting;
    first?.call();
  }

  callAll(): void {
    for (const { call } of [...this.waiting]) call();
  }
}
