import {
  isOutdated,
  markedStatusSchema,
  statusBatchResponseSchema,
  statusChannel,
  StatusSignal,
  statusSignalSchema,
} from '@meshway/plugin-meshed-service-common';
import {
  aMeshedServiceSpec,
  aPod,
  aServer,
} from '@meshway/plugin-meshed-service-common/testUtils';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeFile } from 'node:fs/promises';
import request from 'supertest';
import { aPortal, stampFile } from '../__testUtils__/aPortal';
import { signedIn } from '../__testUtils__/people';

const web = aMeshedServiceSpec({
  name: 'web',
  namespace: 'shop',
  owner: 'shop',
});
const server = (accessPolicy: string) =>
  JSON.stringify(aServer('web.http', { spec: { accessPolicy } }));

describe('the edition of a status', () => {
  const portal = aPortal({
    'pod.json': JSON.stringify(aPod()),
    'server.json': server('deny'),
  });
  const signals: StatusSignal[] = [];
  let backend: Parameters<typeof request>[0];

  beforeAll(async () => {
    await portal.publish(web);
    portal.signals.publish.mockImplementation(async ({ channel, message }) => {
      if (channel === statusChannel)
        signals.push(statusSignalSchema.parse(message));
    });
    backend = await portal.start();
  });

  const path = '/api/meshed-service/v1/services/local/shop/web/status';
  const read = async () => {
    const answer = await request(backend)
      .get(path)
      .set(...signedIn('ada'));
    return {
      etag: answer.get('ETag') ?? '',
      caching: answer.get('Cache-Control'),
      status: markedStatusSchema.parse(answer.body),
    };
  };
  const ask = (etag: string) =>
    request(backend)
      .get(path)
      .set(...signedIn('ada'))
      .set('If-None-Match', etag);
  /** Waits until something is so; a test that never sees it ends by jest's own limit. */
  const until = async (isSo: () => boolean | Promise<boolean>) => {
    while (!(await isSo())) await sleep(20);
  };

  it('is not sent twice to who has it', async () => {
    // What a portal knows that has just started may still grow.
    await until(async () => (await ask((await read()).etag)).status === 304);
    const { etag, caching } = await read();
    const again = await ask(etag);
    expect([caching, again.status, again.text]).toEqual([
      'private, no-cache',
      304,
      '',
    ]);
    expect((await ask('"another"')).status).toBe(200);
  });

  it('says in a batch what it says alone', async () => {
    const { status } = await read();
    const { body } = await request(backend)
      .post('/api/meshed-service/v1/services/status')
      .set(...signedIn('ada'))
      .send({ services: [status.service] });
    expect(statusBatchResponseSchema.parse(body)).toEqual({
      items: [{ kind: 'status', service: status.service, status }],
    });
  });

  it('is another one once the cluster has changed, and its mark is announced, and no name', async () => {
    const before = await read();
    signals.length = 0;
    await writeFile(
      portal.folder.resolve('snapshot/server.json'),
      server('audit'),
    );
    const held = before.status.mark ?? { key: '', version: 0 };
    await until(() => signals.some(signal => isOutdated(held, signal)));
    // A folder can be read while a file in it is being written: then there is one more edition between the two.
    await until(async () => (await read()).status.verdict.kind === 'known');
    const after = await read();
    expect([before.status.verdict, after.status.verdict]).toEqual([
      { kind: 'known', rung: 'enforced' },
      { kind: 'known', rung: 'audit' },
    ]);
    expect((await ask(before.etag)).status).toBe(200);
    const now = after.status.mark ?? held;
    await until(() => signals.some(signal => !isOutdated(now, signal)));
    expect(JSON.stringify(signals)).not.toMatch(/web|shop/);
  });

  it('is another one once the service is asked for in another way', async () => {
    const before = await read();
    const seen = await portal.forge.read(web.delivery.repository);
    await portal.forge.commit(
      web.delivery.repository,
      new Map([
        ['meshed.service.yaml', stampFile({ ...web, phase: 'observe' })],
      ]),
      {
        message: 'Observe',
        author: { name: 'Ada', email: 'ada@acme.example' },
        expected: seen?.commit ?? '',
      },
    );
    await until(async () => (await ask(before.etag)).status === 200);
    const { version } = (await read()).status.mark ?? {};
    expect(version).toBe((before.status.mark?.version ?? 0) + 1);
  });
});

describe('a service that falls', () => {
  const portal = aPortal({
    'pod.json': JSON.stringify(aPod()),
    'server.json': server('deny'),
  });

  it('is told of to its owner, once it has stayed down, and told of again when it has recovered', async () => {
    await portal.publish(web);
    const backend = await portal.start({ statuses: { notifyAfterSeconds: 1 } });
    const file = portal.folder.resolve('snapshot/server.json');
    const { send } = portal.notifications;
    const titles = () => send.mock.calls.map(([{ payload }]) => payload.title);
    await request(backend)
      .get('/api/meshed-service/v1/services/local/shop/web/status')
      .set(...signedIn('ada'));

    await writeFile(file, server('all-unauthenticated'));
    while (titles().length === 0) await sleep(20);
    await writeFile(file, server('deny'));
    while (titles().length === 1) await sleep(20);

    expect(titles()).toEqual([
      expect.stringMatching(/^web has fallen: /),
      'web has recovered',
    ]);
    expect(send.mock.calls[0][0]).toMatchObject({
      recipients: { type: 'entity', entityRef: web.owner },
    });
  });
});

describe('a portal whose forge goes away', () => {
  const portal = aPortal({ 'pod.json': JSON.stringify(aPod()) });
  it('answers what it knew, with its age, and says so', async () => {
    await portal.publish(web);
    const backend = await portal.start();
    const get = (path: string) =>
      request(backend).get(`/api/meshed-service/v1/${path}`);
    const before = await get('services/local/shop/web/status');
    await portal.breakForge();
    const sourcesOf = async () => (await get('clusters')).body.portal;
    while ((await sourcesOf())[0].freshness === 'current') await sleep(50);
    expect((await sourcesOf())[0]).toEqual({
      source: 'registry meshway-registry',
      kind: 'Claim',
      freshness: 'stale',
      observedAt: expect.any(String),
      message: expect.any(String),
    });
    const after = await get('services/local/shop/web/status');
    expect([before.body.declared, after.status, after.body.declared]).toEqual([
      true,
      200,
      true,
    ]);
    expect(after.body.sources.at(-1)).toMatchObject({
      kind: 'Claim',
      freshness: 'stale',
    });
  });
});

describe('what a user may read', () => {
  const portal = aPortal();
  it('is asked once in a while, and again for another user and after an error', async () => {
    await portal.publish(web);
    const backend = await portal.start({ statuses: { permissionSeconds: 60 } });
    const path = '/api/meshed-service/v1/services/local/shop/web/status';
    const statusFor = async (person: 'ada' | 'eve') =>
      (
        await request(backend)
          .get(path)
          .set(...signedIn(person))
      ).status;
    const { authorizeConditional } = portal.permissions;

    authorizeConditional.mockRejectedValueOnce(new Error('away'));
    expect(await statusFor('ada')).toBe(500);
    authorizeConditional.mockClear();
    expect([
      await statusFor('ada'),
      await statusFor('ada'),
      await statusFor('eve'),
      authorizeConditional.mock.calls.length,
    ]).toEqual([200, 200, 200, 2]);
  });
});
