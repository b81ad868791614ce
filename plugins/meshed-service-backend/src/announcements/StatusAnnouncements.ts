import type { SignalsService } from '@backstage/plugin-signals-node';
import { toError } from '@backstage/errors';
import {
  MAX_ANNOUNCED,
  statusChannel,
  StatusMark,
  StatusSignal,
} from '@meshway/plugin-meshed-service-common';

/** Changes come in bursts; the first of them waits this long for the others. */
const COLLECTED_MILLISECONDS = 100;
/** From the end of one announcement to the next. */
const PAUSE_MILLISECONDS = 1_000;

/** Tells browsers which statuses to read again: one announcement a second at most, by marks that name nothing. */
export class StatusAnnouncements {
  private readonly changed = new Map<string, StatusMark>();
  private timer: NodeJS.Timeout | undefined;
  private quietUntil = 0;
  private stopped = false;

  constructor(
    private readonly signals: SignalsService,
    private readonly options: {
      onProblem: (problem: string) => void;
      now?: () => number;
    },
  ) {}

  announce(mark: StatusMark): void {
    this.changed.set(mark.key, mark);
    this.schedule();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private schedule(): void {
    if (this.stopped || this.timer) return;
    const wait = Math.max(COLLECTED_MILLISECONDS, this.quietUntil - this.now());
    this.timer = setTimeout(() => this.send(), wait).unref();
  }

  private async send(): Promise<void> {
    const marks = [...this.changed.values()];
    this.changed.clear();
    const message: StatusSignal = {
      changed: marks.slice(0, MAX_ANNOUNCED),
      more: marks.length > MAX_ANNOUNCED,
    };
    try {
      await this.signals.publish({
        recipients: { type: 'broadcast' },
        channel: statusChannel,
        message,
      });
    } catch (error) {
      // Browsers also ask by themselves, now and then.
      this.options.onProblem(
        `Changes of statuses could not be announced: ${toError(error).message}`,
      );
    }
    this.quietUntil = this.now() + PAUSE_MILLISECONDS;
    this.timer = undefined;
    if (this.changed.size > 0) this.schedule();
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}
