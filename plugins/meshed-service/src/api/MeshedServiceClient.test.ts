import { mockApis, registerMswTestHooks } from '@backstage/frontend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { statuses } from '../status/__fixtures__/statuses';
import { refusal } from './__testUtils__/refusal';
import { MeshedServiceClient } from './MeshedServiceClient';

const BASE = 'http://backend.test/api/meshed-service';
const STATUS = `${BASE}/v1/services/local/cart/cart/status`;
const service = { cluster: 'local', namespace: 'cart', name: 'cart' };

describe('MeshedServiceClient', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  const aClient = () =>
    new MeshedServiceClient({
      discoveryApi: { getBaseUrl: async () => BASE },
      fetchApi: mockApis.fetch(),
    });

  /** Answers as a backend that knows editions: with its tag, or that nothing has changed. */
  function serve(edition: () => { tag: string; body: object }) {
    const asked: Array<string | null> = [];
    server.use(
      http.get(STATUS, ({ request }) => {
        const { tag, body } = edition();
        const held = request.headers.get('If-None-Match');
        asked.push(held);
        return held === tag
          ? new HttpResponse(null, { status: 304 })
          : HttpResponse.json(body, { headers: { ETag: tag } });
      }),
    );
    return asked;
  }

  it('asks for another edition than the one it holds, and gives the very same value when there is none', async () => {
    const client = aClient();
    const asked = serve(() => ({ tag: '"1"', body: statuses.audit }));

    const first = await client.readStatus(service);
    const second = await client.readStatus(service);

    expect(first).toEqual(statuses.audit);
    expect(second).toBe(first);
    expect(asked).toEqual([null, '"1"']);
  });

  it('takes the new edition when there is one', async () => {
    const client = aClient();
    let edition = { tag: '"1"', body: statuses.audit };
    serve(() => edition);

    await client.readStatus(service);
    edition = { tag: '"2"', body: statuses.enforced };

    expect(await client.readStatus(service)).toEqual(statuses.enforced);
  });

  it('asks for the whole answer once a minute, because an edition stays the same while only instants differ', async () => {
    const clock = jest.spyOn(Date, 'now');
    try {
      const client = aClient();
      const asked = serve(() => ({ tag: '"1"', body: statuses.audit }));
      clock.mockReturnValue(1_000_000);
      await client.readStatus(service);
      clock.mockReturnValue(1_060_000);
      await client.readStatus(service);

      expect(asked).toEqual([null, null]);
    } finally {
      clock.mockRestore();
    }
  });

  it('gives nothing that it holds to somebody who may not see it any more', async () => {
    const client = aClient();
    serve(() => ({ tag: '"1"', body: statuses.audit }));
    await client.readStatus(service);
    server.use(http.get(STATUS, () => refusal(403, 'NotAllowedError', 'No.')));

    await expect(client.readStatus(service)).rejects.toThrow('403');
  });

  it('holds nothing of a backend that does not tag its answers', async () => {
    const client = aClient();
    const asked: Array<string | null> = [];
    server.use(
      http.get(STATUS, ({ request }) => {
        asked.push(request.headers.get('If-None-Match'));
        return HttpResponse.json(statuses.audit);
      }),
    );

    await client.readStatus(service);
    await client.readStatus(service);

    expect(asked).toEqual([null, null]);
  });

  it('fetches the fleet as a file', async () => {
    server.use(
      http.get(`${BASE}/v1/services/export`, ({ request }) =>
        new URL(request.url).search === '?search=cart&format=csv'
          ? HttpResponse.text('service,verdict')
          : refusal(400, 'InputError', 'No.'),
      ),
    );

    const file = await aClient().exportFleet({ search: 'cart', format: 'csv' });

    expect(file.size).toBe('service,verdict'.length);
  });

  it('asks for a part of the fleet by what is set', async () => {
    const asked = jest.fn();
    server.use(
      http.get(`${BASE}/v1/services`, ({ request }) => {
        asked(new URL(request.url).search);
        return HttpResponse.json({ items: [], total: 0 });
      }),
    );

    await aClient().readFleet({
      search: 'a & b',
      cluster: undefined,
      offset: 0,
    });

    expect(asked).toHaveBeenCalledWith('?search=a+%26+b&offset=0');
  });
});
