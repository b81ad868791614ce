import { Agent, request } from 'node:http';
import type { Target } from './settings';

/** Reads one target over one connection, which it keeps. */
export class Reader {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });
  private next = 0;

  constructor(private readonly target: Target) {}

  /** @returns how many milliseconds passed until the last byte of the answer was there. */
  read(): Promise<number> {
    const { requests, token } = this.target;
    const { address, body } = requests[this.next++ % requests.length];
    return new Promise((resolve, reject) => {
      const began = performance.now();
      const sent = request(
        address,
        {
          agent: this.agent,
          method: body === undefined ? 'GET' : 'POST',
          headers: {
            ...(token ? { authorization: `Bearer ${token}` } : {}),
            ...(body === undefined
              ? {}
              : {
                  'content-type': 'application/json',
                  'content-length': Buffer.byteLength(body),
                }),
          },
        },
        response => {
          response.resume();
          response.once('error', reject);
          response.once('end', () => {
            if (response.statusCode === 200) resolve(performance.now() - began);
            else reject(new Error(`${address}: ${response.statusCode}`));
          });
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
