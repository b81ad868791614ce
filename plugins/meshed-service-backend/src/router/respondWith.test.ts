import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import { once } from 'node:events';
import { request } from 'node:http';
import { AddressInfo } from 'node:net';
import { respondWith } from './respondWith';

describe('the answer to long work', () => {
  it('is given up where the client has gone before the work began', async () => {
    const told: unknown[] = [];
    const app = express();
    app.put('/', async (asked, response) => {
      client.destroy();
      await once(response, 'close');
      await respondWith(
        asked,
        response,
        mockServices.logger.mock(),
        async ({ signal }) => {
          told.push(signal.reason);
          throw signal.reason;
        },
      );
      told.push('done');
      server.close();
    });
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const client = request({ method: 'PUT', port, host: '127.0.0.1' });
    client.on('error', () => undefined).end();
    await once(server, 'close');

    expect(told).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('The client closed the connection'),
      }),
      'done',
    ]);
  });
});
