import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthenticationError } from '@backstage/errors';
import type {
  ProvisioningReceipt,
  Violation,
} from '@meshway/plugin-meshed-service-common';
import { createServer, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  refusal,
  ScriptedAnswer,
  ScriptedServer,
} from '../http/__testUtils__/ScriptedServer';
import { BackendOptions, MeshedServiceBackendOverHttp } from '.';

const cart = { cluster: 'local', namespace: 'cart', name: 'cart' };
const receipt: ProvisioningReceipt = {
  service: 'local/cart/cart',
  owner: 'group:default/shop',
  delivery: 'apply',
  operation: 'ensure',
  outcome: 'written',
  at: '2026-11-21T10:00:00.000Z',
  by: 'user:default/ada',
  steps: [],
};
const lines = (...values: unknown[]): ScriptedAnswer => ({
  status: 200,
  text: values.map(value => `${JSON.stringify(value)}\n`).join(''),
});
const refused = (status: number, error: object): ScriptedAnswer => ({
  status,
  body: { error, request: {}, response: { statusCode: status } },
});

const auth = mockServices.auth({ pluginId: 'scaffolder' });
const backendAt = (address: string) =>
  new MeshedServiceBackendOverHttp({
    auth,
    discovery: {
      getBaseUrl: async plugin => `${address}/api/${plugin}`,
    },
  });
const byAda = (change: Partial<BackendOptions> = {}): BackendOptions => ({
  credentials: mockCredentials.user('user:default/ada'),
  ...change,
});

describe('the backend plugin over HTTP', () => {
  let server: ScriptedServer;
  let backend: MeshedServiceBackendOverHttp;
  beforeAll(async () => {
    server = await ScriptedServer.start();
    backend = backendAt(server.address);
  });
  afterAll(() => server.close());
  beforeEach(() => {
    server.seen.length = 0;
  });

  it('tells the steps as they come, and returns the outcome', async () => {
    const steps: string[] = [];
    server.will(lines({ step: 'Asking' }, { step: 'Writing' }, { receipt }));
    const done = await backend.ensure(
      cart,
      { spec: { name: 'cart' }, waitSeconds: 0 },
      byAda({ onStep: step => steps.push(step) }),
    );
    expect({ done, steps }).toEqual({
      done: receipt,
      steps: ['Asking', 'Writing'],
    });
  });

  it('asks each route in the name of the user, and for lines where it may take long', async () => {
    const plan = {
      service: 'local/cart/cart',
      owner: 'group:default/shop',
      delivery: 'apply',
      objects: [],
      namespace: { name: 'cart', action: 'leave' },
      foreign: [],
      unseen: [],
      problems: [],
    };
    const verification = {
      service: 'local/cart/cart',
      state: 'ok',
      findings: [],
      at: receipt.at,
      timedOut: false,
    };
    server.will(
      lines({ receipt }),
      lines({ receipt }),
      lines({ receipt }),
      lines({ verification }),
      { status: 200, body: plan },
      { status: 200, body: { kind: 'refused', problems: [aProblem] } },
    );
    await backend.ensurePart('vaultRole', cart, { spec: {} }, byAda());
    await backend.setPhase(cart, { phase: 'audit', reason: 'x' }, byAda());
    await backend.retire(cart, { confirmNamespace: 'cart' }, byAda());
    await backend.verify(cart, { waitSeconds: 1 }, byAda());
    await backend.planRetirement(
      { ...cart, name: 'a/b' },
      { owner: 'group:default/shop', delivery: undefined },
      byAda(),
    );
    await backend.plan({ spec: { name: 'cart' } }, byAda());
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: mockCredentials.user('user:default/ada'),
      targetPluginId: 'meshed-service',
    });
    const services = '/api/meshed-service/v1/services/local/cart';
    expect(
      server.seen.map(({ line, headers, body }) => [
        line,
        headers.accept,
        body,
        headers.authorization === `Bearer ${token}`,
      ]),
    ).toEqual([
      [
        `PUT ${services}/cart/vaultRole`,
        'application/x-ndjson',
        '{"spec":{}}',
        true,
      ],
      [
        `PUT ${services}/cart/phase`,
        'application/x-ndjson',
        '{"phase":"audit","reason":"x"}',
        true,
      ],
      [
        `DELETE ${services}/cart`,
        'application/x-ndjson',
        '{"confirmNamespace":"cart"}',
        true,
      ],
      [
        `POST ${services}/cart/verify`,
        'application/x-ndjson',
        '{"waitSeconds":1}',
        true,
      ],
      [
        `GET ${services}/a%2Fb/retirement?owner=group%3Adefault%2Fshop`,
        'application/json',
        '',
        true,
      ],
      [
        'POST /api/meshed-service/v1/plan',
        'application/json',
        '{"spec":{"name":"cart"}}',
        true,
      ],
    ]);
  });

  const aProblem = { path: 'name', message: 'is taken' };
  const problems = ['one', 'two'].map(message => ({
    code: 'name-taken',
    system: 'kubernetes',
    message: `Problem ${message}.`,
    fix: 'Choose another.',
  }));
  const violation: Violation = {
    code: 'MSG001',
    title: 'A rule',
    message: 'It is broken.',
    why: 'Because.',
    fix: 'Mend it.',
    docs: 'docs/guardrails.md#msg001',
    ref: { apiVersion: 'v1', kind: 'Namespace', name: 'cart' },
  };

  it.each<[string, ScriptedAnswer, string]>([
    [
      'problems, all of them',
      lines(
        { step: 'Asking' },
        {
          error: { name: 'ConflictError', message: 'x', status: 409, problems },
        },
      ),
      'PreflightError: Ensuring local/cart/cart would not work; nothing was written.\nProblem one. Choose another.\nProblem two. Choose another.',
    ],
    [
      'violations before the first step',
      refused(400, {
        name: 'InputError',
        message: 'x',
        violations: [violation],
      }),
      "GuardrailViolationError: The platform's guardrails refuse this service:\nMSG001 Namespace cart: It is broken. Mend it.",
    ],
    [
      'a field that is wrong',
      refused(400, { name: 'InputError', message: 'spec: is required' }),
      'InputError: spec: is required',
    ],
    [
      'a sign-in that has expired',
      refused(401, { name: 'AuthenticationError', message: 'Illegal token' }),
      'SignInExpiredError: The sign-in of whoever started this has expired, so it stopped before its next write. Sign in and press Retry: it goes on where it stopped.',
    ],
    [
      'a right that is missing',
      refused(403, { name: 'NotAllowedError', message: 'Ask the shop.' }),
      'NotAllowedError: Ask the shop.',
    ],
    [
      'a name that nobody holds',
      refused(404, { name: 'NotFoundError', message: 'Nobody holds it.' }),
      'NotFoundError: Nobody holds it.',
    ],
    [
      'a conflict',
      refused(409, { name: 'ConflictError', message: 'It is theirs.' }),
      'ConflictError: It is theirs.',
    ],
    [
      'a system that is away',
      lines({
        error: {
          name: 'ServiceUnavailableError',
          message: 'Vault is sealed.',
          status: 503,
        },
      }),
      'ServiceUnavailableError: Vault is sealed.',
    ],
    [
      'a proxy in between that has words of its own',
      { status: 502, text: '<html>Bad gateway</html>' },
      'ServiceUnavailableError: Ensuring local/cart/cart was answered with 502',
    ],
    [
      'a bug',
      refused(500, { name: 'TypeError', message: 'x is undefined' }),
      'Error: Ensuring local/cart/cart failed in the backend (500), whose log has more: x is undefined',
    ],
    [
      'a line that is no JSON',
      { status: 200, text: '{"step":"Asking"}\nHello\n' },
      'MalformedAnswerError: Ensuring local/cart/cart: the backend answered in a way that is not understood here (JSON). Is the backend plugin of the same version?',
    ],
    [
      'a receipt that is none',
      lines({ receipt: { ...receipt, outcome: 'splendid' } }),
      'MalformedAnswerError: Ensuring local/cart/cart: the backend answered in a way that is not understood here (the whole of it). Is the backend plugin of the same version?',
    ],
    [
      'a verification in place of a receipt',
      lines({
        verification: {
          service: 'a',
          state: 'ok',
          findings: [],
          at: 'now',
          timedOut: false,
        },
      }),
      'MalformedAnswerError: Ensuring local/cart/cart: the backend answered in a way that is not understood here (receipt). Is the backend plugin of the same version?',
    ],
    [
      'an answer without an outcome',
      lines({ step: 'Writing Server cart/cart.http' }),
      'ConnectionCutError: Ensuring local/cart/cart: the backend ended its answer after "Writing Server cart/cart.http", without an outcome. What it has done stays; press Retry to finish.',
    ],
    [
      'half a line',
      {
        status: 200,
        text: `{"step":"Writing"}\n${JSON.stringify({ receipt }).slice(0, 50)}`,
      },
      'ConnectionCutError: Ensuring local/cart/cart: the backend ended its answer after "Writing", without an outcome. What it has done stays; press Retry to finish.',
    ],
    [
      'nothing',
      'reset',
      'ServiceUnavailableError: Ensuring local/cart/cart: the backend plugin did not answer. Is it running, and is plugin meshed-service installed? Press Retry when it is.; caused by TypeError: fetch failed; caused by Error: other side closed',
    ],
  ])('says in plain words that the answer is %s', async (_, answer, words) => {
    server.will(answer);
    expect(
      await refusal(backend.ensure(cart, { spec: {} }, byAda())),
    ).toContain(words.split('; caused by')[0]);
  });

  it('says for how long to wait', async () => {
    server.will({
      ...Object(
        refused(429, { name: 'TooManyRequestsError', message: 'Slow.' }),
      ),
      headers: { 'Retry-After': '17' },
    });
    await expect(
      backend.ensure(cart, { spec: {} }, byAda()),
    ).rejects.toMatchObject({
      name: 'TooManyRequestsError',
      message: 'Slow.',
      retryAfterSeconds: 17,
    });
  });

  it('asks nothing when no token can be had for the user any more', async () => {
    const expired = new MeshedServiceBackendOverHttp({
      auth: {
        async getPluginRequestToken() {
          throw new AuthenticationError('Invalid user token');
        },
      },
      discovery: { getBaseUrl: async () => server.address },
    });
    expect(
      await refusal(expired.ensure(cart, { spec: {} }, byAda())),
    ).toContain('Sign in and press Retry');
    expect(server.seen).toEqual([]);
  });

  it('asks nothing once it is cancelled', async () => {
    const signal = AbortSignal.abort(new Error('Cancelled'));
    expect(
      await refusal(backend.ensure(cart, { spec: {} }, byAda({ signal }))),
    ).toBe('Error: Cancelled');
    expect(server.seen).toEqual([]);
  });
});

describe('a connection to the backend plugin', () => {
  /** Sends one step, and leaves the rest to the test. */
  async function slowly(then: (response: ServerResponse) => void) {
    const closed: boolean[] = [];
    const server = createServer((_, response) => {
      response.on('close', () => closed.push(!response.writableFinished));
      response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
      response.write('{"step":"Writing"}\n');
      then(response);
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    return {
      backend: backendAt(`http://127.0.0.1:${port}`),
      closed,
      stop: () => server.close(),
    };
  }

  it('is closed when the task is cancelled, so that the backend stops', async () => {
    const { backend, closed, stop } = await slowly(() => undefined);
    const cancel = new AbortController();
    const said = refusal(
      backend.ensure(
        cart,
        { spec: {} },
        byAda({
          signal: cancel.signal,
          onStep: () => cancel.abort(new Error('Cancelled')),
        }),
      ),
    );
    expect(await said).toBe('Error: Cancelled');
    while (closed.length === 0) await new Promise(setImmediate);
    expect(closed).toEqual([true]);
    stop();
  });

  it('may break in the middle, which is said as such', async () => {
    const { backend, stop } = await slowly(response =>
      setTimeout(() => response.destroy(), 20),
    );
    expect(
      await refusal(backend.ensure(cart, { spec: {} }, byAda())),
    ).toContain(
      'ConnectionCutError: Ensuring local/cart/cart: the connection to the backend broke',
    );
    stop();
  });
});
