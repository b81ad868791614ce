import { Bell } from './Bell';
import { endingOfError } from './endingOf';
import type { Feed } from './Feed';
import { readText } from './readText';
import type { Timing } from './Timing';
import type { WaitingRoom } from './WaitingRoom';
import type { WatchLimits } from './WatchLimits';

const LONGEST_ANSWER = 64 * 1024;

/** What an API server says to whether it is ready; `refused`: not to us. */
export type Readiness =
  | { kind: 'ready' }
  | { kind: 'refused' }
  | { kind: 'lost'; because: string };

/**
 * Asks an API server every few seconds whether it is ready: one question for all that is watched there. A watch whose server
 * hangs, or whose line is cut without a word, is quiet and nothing else; this tells. When the answers stay away, every watch is
 * cut, to be opened again from where it was; when they come back, whoever waits is called in.
 */
export class Pulse {
  private readonly cuts = new Bell();
  private lostBecause: string | undefined;

  constructor(
    private readonly parts: {
      cluster: string;
      feed: Feed;
      room: WaitingRoom;
      timing: Timing;
      limits: WatchLimits;
      /** Told when it is lost, with the reason, and when it is there again. */
      onChange: (lostBecause: string | undefined) => void;
    },
  ) {}

  /** Rings when no watch that is open now can be trusted. */
  get cut(): AbortSignal {
    return this.cuts.signal;
  }

  /** Why nothing that is known can be trusted to be current; undefined while it can. */
  get lost(): string | undefined {
    return this.lostBecause;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { room, timing, limits } = this.parts;
    while (!signal.aborted) {
      const said = await this.ask(signal);
      if (signal.aborted) return;
      if (said.kind === 'lost') {
        this.turn(said.because);
        await this.untilFound(signal);
        if (signal.aborted) return;
        this.turn(undefined);
        room.callAll();
      } else {
        room.callNext();
      }
      const { ready, waiting } = limits.beat;
      await timing
        .sleep(room.isEmpty ? ready : waiting, signal)
        .catch(() => undefined);
    }
  }

  /** Asks once. */
  async ask(signal: AbortSignal): Promise<Readiness> {
    const { cluster, feed, limits } = this.parts;
    try {
      const answer = await feed.open({
        attempted: `asking cluster ${cluster} whether it is ready`,
        path: '/readyz',
        accept: '*/*',
        answerMilliseconds: limits.readiness,
        signal,
      });
      await readText(answer, LONGEST_ANSWER);
      if (answer.status >= 500)
        return {
          kind: 'lost',
          because: `the API server of cluster ${cluster} is not ready`,
        };
      return { kind: answer.status < 300 ? 'ready' : 'refused' };
    } catch (error) {
      const ending = endingOfError(error, {
        cluster,
        verb: 'watch',
        resource: '',
      });
      // Credentials that nobody can read say nothing of the server.
      if (ending.kind !== 'failed') return { kind: 'refused' };
      return { kind: 'lost', because: ending.because };
    }
  }

  private turn(lostBecause: string | undefined): void {
    this.lostBecause = lostBecause;
    // Whoever watches knows to be out of date before the doubt about everything is taken away.
    this.cuts.ring();
    this.parts.onChange(lostBecause);
  }

  /** Asks again and again without waiting for answers: the first that comes will do, and what hangs holds nobody up. */
  private async untilFound(signal: AbortSignal): Promise<void> {
    const { timing, limits } = this.parts;
    const found = new AbortController();
    const done = AbortSignal.any([signal, found.signal]);
    while (!done.aborted) {
      await timing.sleep(limits.beat.lost, done).catch(() => undefined);
      if (done.aborted) break;
      void this.ask(done).then(({ kind }) => {
        if (kind !== 'lost') found.abort();
      });
    }
    found.abort();
  }
}
