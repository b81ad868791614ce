import { get } from 'node:https';
import { connect } from 'node:net';

/** @returns whether an address answers with 2xx, soon. */
export async function answersWell(url: string): Promise<boolean> {
  const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
  await response.arrayBuffer();
  return response.ok;
}

/** @returns whether an address of 127.0.0.1 says that all is well; nobody knows its certificate. */
export function isHealthy(port: number, path = '/healthz'): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const asked = get(
      {
        host: '127.0.0.1',
        port,
        path,
        rejectUnauthorized: false,
        timeout: 2000,
      },
      response => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    asked.once('error', reject);
    asked.once('timeout', () => asked.destroy(new Error('no answer')));
  });
}

/** @returns whether somebody listens on a port of 127.0.0.1. */
export function acceptsConnections(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
