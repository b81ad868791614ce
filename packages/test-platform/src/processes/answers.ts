import { get } from 'node:https';

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
