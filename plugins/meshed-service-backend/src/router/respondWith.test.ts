import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { AddressInfo } from 'node:net';
import { NDJSON } from '@meshway/plugin-meshed-service-common';
import { callerOf } from './caller';
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

  describe('of somebody whose sign-in ends meanwhile', () => {
    /** Says one step where lines are asked for, and then works until it is told to stop, as long as that takes. */
    async function answerTo(accept: string, milliseconds: number) {
      const httpAuth = {
        credentials: async () => ({
          ...mockCredentials.user('user:default/ada'),
          expiresAt: new Date(Date.now() + milliseconds),
        }),
      };
      const app = express();
      app.put('/', async (asked, response, next) => {
        await callerOf(asked, httpAuth as never);
        respondWith(
          asked,
          response,
          mockServices.logger.mock(),
          async ({ signal, onStep }) => {
            onStep('Waiting');
            await sleep(600_000, undefined, { signal });
            throw new Error('It was not stopped');
          },
        ).catch(next);
      });
      app.use(((error, _, response, __) => {
        response.status(500).json({ error: { name: error.name } });
      }) satisfies express.ErrorRequestHandler);
      const server = app.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const answer = await fetch(`http://127.0.0.1:${port}`, {
        method: 'PUT',
        headers: { Accept: accept },
      });
      const text = await answer.text();
      server.close();
      return text
        .trim()
        .split('\n')
        .map(line => JSON.parse(line));
    }

    it.each([
      ['while it works', 100],
      ['before it began', -1],
    ])('says %s that a sign-in is needed', async (_, milliseconds) => {
      expect(await answerTo('application/json', milliseconds)).toEqual([
        { error: { name: 'AuthenticationError' } },
      ]);
      expect(await answerTo(NDJSON, milliseconds)).toEqual([
        { step: 'Waiting' },
        {
          error: {
            name: 'AuthenticationError',
            status: 401,
            message: expect.stringContaining('Sign in and press Retry'),
          },
        },
      ]);
    });
  });
});
