import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** Between two looks at what is awaited. */
const LOOK_MILLISECONDS = 2;
const PATIENCE_MILLISECONDS = 30_000;

type Wait = {
  address: string;
  before: string;
  began: number;
  seen: (at: number) => void;
  lost: (error: Error) => void;
};

/**
 * Looks at every status that is awaited, one after the other: one look at a time, however many changes are on the way.
 * With a looker for each of them, a portal that was once late would be asked more the later it is, and the bench would
 * measure its own questions.
 */
export class Looker {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 2 });
  private waits: Wait[] = [];
  private looking = false;

  constructor(private readonly token: string) {}

  /** @returns when an answer with another mark than `before` was there. @throws when none comes. */
  isOther(address: string, before: string): Promise<number> {
    return new Promise((seen, lost) => {
      this.waits.push({
        address,
        before,
        began: performance.now(),
        seen,
        lost,
      });
      if (!this.looking) void this.look();
    });
  }

  /** @returns what marks an answer apart from all others of its address. */
  markOf(address: string): Promise<string> {
    return new Promise((resolve, reject) => {
      request(
        address,
        {
          agent: this.agent,
          headers: { authorization: `Bearer ${this.token}` },
          signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
        },
        response => {
          response.resume();
          response.once('end', () => {
            const { etag } = response.headers;
            if (etag !== undefined) resolve(etag);
            else reject(new Error(`${address}: ${response.statusCode}`));
          });
        },
      )
        .once('error', reject)
        .end();
    });
  }

  close(): void {
    this.agent.destroy();
  }

  private async look(): Promise<void> {
    this.looking = true;
    while (this.waits.length > 0) {
      for (const wait of [...this.waits]) {
        const isOver = await this.lookFor(wait);
        if (isOver) this.waits = this.waits.filter(other => other !== wait);
      }
      await sleep(LOOK_MILLISECONDS);
    }
    this.looking = false;
  }

  private async lookFor(wait: Wait): Promise<boolean> {
    const { address, before, began, seen, lost } = wait;
    try {
      if ((await this.markOf(address)) !== before) {
        seen(performance.now());
        return true;
      }
      if (performance.now() - began > PATIENCE_MILLISECONDS)
        throw new Error(`${address} says the same as before`);
      return false;
    } catch (error) {
      lost(error as Error);
      return true;
    }
  }
}
