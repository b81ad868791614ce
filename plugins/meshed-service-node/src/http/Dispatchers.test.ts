import { createServer } from 'node:http';
import { AddressInfo, connect } from 'node:net';
import { aCertificate } from './__testUtils__/aCertificate';
import { ScriptedServer } from './__testUtils__/ScriptedServer';
import { Dispatchers } from './Dispatchers';
import { HttpSender } from './HttpSender';

/** A server, and a proxy that leads every name to it and remembers what it was asked for. */
async function aProxiedServer(tls: { cert: string; key: string }) {
  const server = await ScriptedServer.start(tls);
  server.otherwise(() => ({ status: 200, text: 'here' }));
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    const onward = connect(Number(new URL(server.address).port), '127.0.0.1');
    onward.on('connect', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>(ready => {
    proxy.listen(0, '127.0.0.1', ready);
  });
  return {
    asked,
    address: server.address,
    proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    close: () => {
      proxy.close();
      server.close();
    },
  };
}

describe('Dispatchers', () => {
  const { env } = process;
  let tls: { cert: string; key: string };
  let world: Awaited<ReturnType<typeof aProxiedServer>>;
  let dispatchers: Dispatchers;

  beforeAll(async () => {
    tls = await aCertificate();
  });
  beforeEach(async () => {
    world = await aProxiedServer(tls);
    dispatchers = new Dispatchers();
    process.env = { ...env };
    for (const name of ['http_proxy', 'https_proxy', 'no_proxy'])
      for (const each of [name, name.toUpperCase()]) delete process.env[each];
  });
  afterEach(async () => {
    process.env = env;
    await dispatchers.close();
    world.close();
  });

  const ask = async (address: string, proxy?: string) =>
    (
      await new HttpSender().send({
        attempted: 'asking',
        method: 'GET',
        url: new URL(address),
        dispatcher: dispatchers.of({ ca: tls.cert }, proxy),
        repeatable: false,
      })
    ).text;
  const elsewhere = 'https://api.example.test';
  const proxied = () => world.asked;

  it('goes through the proxy that is named, and trusts the given certificates', async () => {
    expect([await ask(elsewhere, world.proxy), proxied()]).toEqual([
      'here',
      ['api.example.test:443'],
    ]);
  });

  it('goes through the proxy of the environment where none is named', async () => {
    process.env.HTTPS_PROXY = world.proxy;
    expect([await ask(elsewhere), proxied()]).toEqual([
      'here',
      ['api.example.test:443'],
    ]);
  });

  it('asks the machine itself directly, whatever the environment says', async () => {
    process.env.HTTPS_PROXY = world.proxy;
    expect([await ask(world.address), proxied()]).toEqual(['here', []]);
  });

  it('asks directly what NO_PROXY names', async () => {
    process.env.HTTPS_PROXY = world.proxy;
    process.env.NO_PROXY = 'example.test';
    await ask(elsewhere).catch(() => {});
    expect(proxied()).toEqual([]);
  });
});
