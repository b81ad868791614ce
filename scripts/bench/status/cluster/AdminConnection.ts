import type { PlatformState } from '@meshway/test-platform';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';

type Kubernetes = NonNullable<PlatformState['kubernetes']>;

/** Writes as the administrator, over connections that are kept: tens of thousands of objects go through it. */
export class AdminConnection {
  private readonly agent: Agent;

  constructor(private readonly kubernetes: Kubernetes, connections: number) {
    this.agent = new Agent({
      ca: readFileSync(kubernetes.caFile, 'utf8'),
      keepAlive: true,
      maxSockets: connections,
    });
  }

  /** @returns the status; what was wanted already is no failure. @throws when the server refuses. */
  write(method: 'POST' | 'PATCH', path: string, body: object): Promise<number> {
    const text = JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.kubernetes.url}${path}`,
        {
          method,
          agent: this.agent,
          headers: {
            authorization: `Bearer ${this.kubernetes.adminToken}`,
            'content-type':
              method === 'PATCH'
                ? 'application/merge-patch+json'
                : 'application/json',
            'content-length': Buffer.byteLength(text),
          },
        },
        response => {
          const pieces: Buffer[] = [];
          response.on('data', piece => pieces.push(piece));
          response.once('error', reject);
          response.once('end', () => {
            const status = response.statusCode ?? 0;
            if (status < 300 || status === 409) resolve(status);
            else
              reject(
                new Error(
                  `${method} ${path}: ${status} ${Buffer.concat(pieces)}`,
                ),
              );
          });
        },
      );
      sent.once('error', reject);
      sent.end(text);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
