import { toError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { Repeating } from '../pace';
import type { EditionChange } from '../statuses';
import { Falls } from './Falls';
import { messagesOf } from './messageOf';

const LOOK_MILLISECONDS = 5_000;

/** Tells owners when a service has fallen and stayed down, once for each fall, and when it has recovered. */
export class FallNotifications {
  private readonly falls: Falls;
  private readonly repeated: Repeating;
  private hasFailed = false;

  constructor(
    private readonly notifications: NotificationService,
    private readonly options: {
      afterMilliseconds: number;
      onProblem: (problem: string) => void;
      now?: () => number;
    },
  ) {
    this.falls = new Falls(options.afterMilliseconds);
    this.repeated = new Repeating(
      () => this.tell(),
      Math.min(LOOK_MILLISECONDS, Math.max(options.afterMilliseconds, 100)),
    );
  }

  start(): void {
    this.repeated.start();
  }

  stop(): void {
    this.repeated.stop();
  }

  see({ service, after }: EditionChange): void {
    this.falls.see(service, after, this.now());
  }

  private async tell(): Promise<void> {
    for (const message of messagesOf(this.falls.due(this.now()))) {
      try {
        await this.notifications.send(message);
        this.hasFailed = false;
      } catch (error) {
        // A portal need not have notifications; it is said once.
        if (!this.hasFailed)
          this.options.onProblem(
            `Owners could not be notified: ${
              toError(error).message
            }. Install @backstage/plugin-notifications-backend, or set meshedService.statuses.notifyAfterSeconds to 0.`,
          );
        this.hasFailed = true;
      }
    }
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
  }
}
