import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { answering } from '../aside';
import { AdminConnection } from '../cluster/AdminConnection';
import type { ChangeSettings, ChangeTimes } from './settings';

/** Between two looks at one status. */
const LOOK_MILLISECONDS = 2;
const PATIENCE_MILLISECONDS = 30_000;

type Service = ChangeSettings['services'][number];
type Timed = ChangeTimes['sequential'];

/** Changes services and waits until the portal says something else of them. */
class Changes {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 32 });
  private readonly phases = new Map<Service, number>();

  constructor(
    private readonly settings: ChangeSettings,
    private readonly connection: AdminConnection,
  ) {}

  async change(service: Service, { sent, written }: Timed): Promise<void> {
    const before = await this.markOf(service);
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
    while ((await this.markOf(service)) === before) {
      if (performance.now() - began > PATIENCE_MILLISECONDS)
        throw new Error(`${service.address} says the same as before`);
      await sleep(LOOK_MILLISECONDS);
    }
    const seen = performance.now();
    await write;
    sent.push(seen - began);
    written.push(Math.max(0, seen - answered));
  }

  close(): void {
    this.agent.destroy();
    this.connection.close();
  }

  /** What marks an answer apart from all others of the service. */
  private markOf({ address }: Service): Promise<string> {
    return new Promise((resolve, reject) => {
      request(
        address,
        {
          agent: this.agent,
          headers: { authorization: `Bearer ${this.settings.token}` },
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
