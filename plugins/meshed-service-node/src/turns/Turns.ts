/** When the event loop has come round, as far as anybody has waited for it. */
let cameRound = performance.now();
/** Who wants to work, in the order of asking. */
const waiting: Array<() => void> = [];

/** One of them works in each round. */
function comeRound(): void {
  cameRound = performance.now();
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(comeRound);
}

/**
 * Lets others have their turn whenever work has taken long enough. All work of the process has one measure: many who each
 * worked for a short while, one right after the other, would block it for the sum.
 *
 * @public
 */
export class Turns {
  /** @param milliseconds - longest time for which all work together may keep everything else waiting. */
  constructor(private readonly milliseconds: number) {}

  get isOver(): boolean {
    return performance.now() - cameRound >= this.milliseconds;
  }

  /** @returns when the event loop has come round and it is one's own turn. */
  pass(): Promise<void> {
    return new Promise(resolve => {
      waiting.push(resolve);
      if (waiting.length === 1) setImmediate(comeRound);
    });
  }
}
