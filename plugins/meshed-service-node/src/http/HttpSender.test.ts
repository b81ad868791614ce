import { inspect } from 'node:util';
import {
  aClock,
  refusal,
  ScriptedServer,
} from './__testUtils__/ScriptedServer';
import { HttpRequest, HttpSender, Secret, whenToRepeat } from '.';

const limits = {
  requestMilliseconds: 60_000,
  totalMilliseconds: 60_000,
  attempts: 4,
  pauseMilliseconds: 100,
};

describe('HttpSender', () => {
  let server: ScriptedServer;
  beforeEach(async () => {
    server = await ScriptedServer.start();
  });
  afterEach(() => server.close());

  const aRequest = (change: Partial<HttpRequest> = {}): HttpRequest => ({
    attempted: 'reading Namespace payments in cluster eu-1',
    method: 'GET',
    url: new URL(`${server.address}/api?token=s3cret`),
    headers: { authorization: 'Bearer s3cret' },
    repeatable: true,
    ...change,
  });

  it('gives back whatever the server says', async () => {
    server.will({
      status: 302,
      headers: { location: '/b' },
      text: 'elsewhere',
    });
    const { status, headers, text, attempt } = await new HttpSender(
      limits,
      aClock(),
    ).send(aRequest());
    expect({ status, text, attempt, location: headers.location }).toEqual({
      status: 302,
      text: 'elsewhere',
      attempt: 1,
      location: '/b',
    });
    expect(server.seen).toHaveLength(1);
  });

  it('repeats what may be repeated, after pauses of which the bound doubles', async () => {
    const clock = aClock(0.99);
    server.will({ status: 503 }, 'reset', { status: 500 }, { status: 200 });
    const { status, attempt } = await new HttpSender(limits, clock).send(
      aRequest(),
    );
    expect({ status, attempt, pauses: clock.pauses }).toEqual({
      status: 200,
      attempt: 4,
      pauses: [99, 198, 396],
    });
  });

  it('sends what may not be repeated once', async () => {
    server.will({ status: 503 });
    const { status } = await new HttpSender(limits, aClock()).send(
      aRequest({ repeatable: false }),
    );
    expect([status, server.seen.length]).toEqual([503, 1]);
  });

  it('waits as long as Retry-After asks, in seconds or as a date', async () => {
    const clock = aClock(0);
    server.will(
      { status: 429, headers: { 'retry-after': '7' } },
      {
        status: 503,
        headers: { 'retry-after': 'Sat, 21 Nov 2026 12:00:10 GMT' },
      },
      { status: 200 },
    );
    await new HttpSender(limits, clock).send(aRequest());
    expect(clock.pauses).toEqual([7_000, 3_000]);
  });

  it('does not come back earlier than it is asked to, but gives up at once', async () => {
    const clock = aClock(0);
    server.otherwise(() => ({
      status: 429,
      headers: { 'retry-after': '86400' },
    }));
    const answer = await new HttpSender(limits, clock).send(aRequest());
    expect([answer.attempt, clock.pauses, whenToRepeat(answer)]).toEqual([
      1,
      [],
      'in 86400 seconds, as it asks',
    ]);
  });

  it('gives up when the whole would take too long', async () => {
    const clock = aClock(0);
    server.otherwise(() => ({ status: 429, headers: { 'retry-after': '29' } }));
    const { status, attempt } = await new HttpSender(limits, clock).send(
      aRequest(),
    );
    expect({ status, attempt, pauses: clock.pauses }).toEqual({
      status: 429,
      attempt: 3,
      pauses: [29_000, 29_000],
    });
  });

  it('lets the caller say that an answer is final', async () => {
    server.will({ status: 500, text: 'full' });
    await new HttpSender(limits, aClock()).send(
      aRequest({ mayPass: ({ text }) => text !== 'full' }),
    );
    expect(server.seen).toHaveLength(1);
  });

  it('says that no answer came in time, and that it may have been done', async () => {
    server.otherwise(() => 'hang');
    expect(
      await refusal(
        new HttpSender({ ...limits, requestMilliseconds: 50 }, aClock()).send(
          aRequest({ method: 'PUT', attempted: 'writing role a in Vault' }),
        ),
      ),
    ).toBe(
      `TimeLimitError: Writing role a in Vault. ${server.address} did not answer within 0.05 s, 4 times in a row. It may have been done all the same. Repeat it; if it stays so, look at the server, or raise meshedService.timeouts.requestMilliseconds.`,
    );
  });

  it('says that a connection was reset', async () => {
    server.otherwise(() => 'reset');
    expect(
      await refusal(new HttpSender(limits, aClock()).send(aRequest())),
    ).toBe(
      `UnreachableError: Reading Namespace payments in cluster eu-1. ${server.address} could not be asked: the connection broke (UND_ERR_SOCKET), 4 times in a row. Check that the address is right and that the server runs; repeating is safe.`,
    );
  });

  it('says that nobody listens', async () => {
    server.close();
    expect(
      await refusal(
        new HttpSender({ ...limits, attempts: 1 }, aClock()).send(aRequest()),
      ),
    ).toBe(
      `UnreachableError: Reading Namespace payments in cluster eu-1. ${server.address} could not be asked: the connection was refused. Check that the address is right and that the server runs.`,
    );
  });

  it('stops when it is cancelled, while it waits for an answer', async () => {
    const cancel = new AbortController();
    server.otherwise(() => {
      cancel.abort(new Error('the task was cancelled'));
      return 'hang';
    });
    expect(
      await refusal(
        new HttpSender(limits).send(aRequest({ signal: cancel.signal })),
      ),
    ).toBe('Error: the task was cancelled');
    expect(server.seen).toHaveLength(1);
  });

  it('stops when it is cancelled, while it pauses', async () => {
    const cancel = new AbortController();
    server.otherwise(() => ({ status: 503 }));
    const clock = aClock();
    const sleep = clock.sleep;
    clock.sleep = async (milliseconds, signal) => {
      cancel.abort(new Error('the task was cancelled'));
      return sleep(milliseconds, signal);
    };
    expect(
      await refusal(
        new HttpSender(limits, clock).send(aRequest({ signal: cancel.signal })),
      ),
    ).toBe('Error: the task was cancelled');
    expect(server.seen).toHaveLength(1);
  });

  it('does not read an answer without end', async () => {
    server.will({ status: 200, text: 'x'.repeat(65 * 1024 * 1024) });
    expect(
      await refusal(
        new HttpSender(
          { ...limits, requestMilliseconds: 60_000 },
          aClock(),
        ).send(aRequest()),
      ),
    ).toBe(
      `AnswerTooLargeError: Reading Namespace payments in cluster eu-1. The answer of ${server.address} is larger than 64 MiB, and was not read. Check that the address is right.`,
    );
  });
});

describe('Secret', () => {
  it('is not shown by a text, JSON or a log', () => {
    const secret = new Secret('hunter2');
    expect([
      `${secret}`,
      JSON.stringify({ secret }),
      inspect({ secret }),
      secret.reveal(),
    ]).toEqual(['…', '{"secret":"…"}', '{ secret: … }', 'hunter2']);
  });
});
