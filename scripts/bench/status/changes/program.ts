import { setTimeout as sleep } from 'node:timers/promises';
import { answering } from '../aside';
import { AdminConnection } from '../cluster/AdminConnection';
import { Looker } from './Looker';
import type { ChangeSettings, ChangeTimes } from './settings';

type Service = ChangeSettings['services'][number];
type Timed = ChangeTimes['sequential'];

/** Changes services and waits until the portal says something else of them. */
class Changes {
  private readonly looker: Looker;
  private readonly phases = new Map<Service, number>();

  constructor(
    { token }: ChangeSettings,
    private readonly connection: AdminConnection,
  ) {
    this.looker = new Looker(token);
  }

  async change(service: Service, { sent, written }: Timed): Promise<void> {
    const before = await this.looker.markOf(service.address);
    const phase = (this.phases.get(service) ?? 0) + 1;
    this.phases.set(service, phase);
    const began = performance.now();
    let answered = began;
    const write = this.connection
      .write('PATCH', service.path, {
        spec: {
          accessPolicy: phase % 2 === 1 ? 'all-unauthenticated' : 'deny',
        },
      })
      .then(() => {
        answered = performance.now();
      });
    const seen = await this.looker.isOther(service.address, before);
    await write;
    sent.push(seen - began);
    written.push(Math.max(0, seen - answered));
  }

  close(): void {
    this.looker.close();
    this.connection.close();
  }
}

async function measure(settings: ChangeSettings): Promise<ChangeTimes> {
  const { services, sequential, together, perSecond } = settings;
  const connection = new AdminConnection(settings.kubernetes, 32);
  const changes = new Changes(settings, connection);
  const times: ChangeTimes = {
    sequential: { sent: [], written: [] },
    together: { sent: [], written: [] },
  };
  const ignored: Timed = { sent: [], written: [] };
  for (let count = 0; count < Math.min(20, sequential); count++)
    await changes.change(services[count % services.length], ignored);
  for (let count = 0; count < sequential; count++)
    await changes.change(services[count % services.length], times.sequential);

  const running: Promise<void>[] = [];
  const began = performance.now();
  for (let count = 0; count < together; count++) {
    const due = began + (count * 1000) / perSecond;
    await sleep(Math.max(0, due - performance.now()));
    running.push(
      changes.change(services[count % services.length], times.together),
    );
  }
  await Promise.all(running);
  changes.close();
  return times;
}

answering({ measure });
