import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import {
  NDJSON,
  PlanResponse,
  Progress,
  ProvisioningPlan,
  ProvisioningReceipt,
  RetirementPlan,
  Verification,
} from '@meshway/plugin-meshed-service-common';

/** A request as it came in. */
export type Asked = { line: string; body: Record<string, unknown> };
/** What the backend says: lines, or one value, or nothing but a broken connection. */
export type Said =
  | { lines: Array<Progress | string>; cut?: boolean }
  | { status?: number; value: unknown; headers?: Record<string, string> };

const steps: ProvisioningReceipt['steps'] = [
  {
    system: 'kubernetes',
    ref: { apiVersion: 'v1', kind: 'Namespace', name: 'cart' },
    outcome: 'created',
  },
  {
    system: 'vault',
    ref: {
      apiVersion: 'meshway.dev/v1alpha1',
      kind: 'VaultRole',
      namespace: 'cart',
      name: 'local.cart.cart',
    },
    outcome: 'unchanged',
  },
];

export const aReceipt = (
  change: Partial<ProvisioningReceipt> = {},
): ProvisioningReceipt => ({
  service: 'local/cart/cart',
  owner: 'group:default/shop',
  delivery: 'apply',
  operation: 'ensure',
  outcome: 'written',
  at: '2026-11-21T10:00:00.000Z',
  by: 'user:default/ada',
  steps,
  ...change,
});

export const aVerification = (
  change: Partial<Verification> = {},
): Verification => ({
  service: 'local/cart/cart',
  state: 'ok',
  findings: [
    { part: 'namespace', state: 'ok', message: 'It is as it should be.' },
  ],
  at: '2026-11-21T10:00:00.000Z',
  timedOut: false,
  ...change,
});

export const aRetirementPlan = (
  change: Partial<RetirementPlan> = {},
): RetirementPlan => ({
  service: 'local/cart/cart',
  owner: 'group:default/shop',
  delivery: 'apply',
  objects: [
    {
      system: 'kubernetes',
      ref: { apiVersion: 'v1', kind: 'ServiceAccount', name: 'cart' },
      action: 'delete',
    },
  ],
  namespace: { name: 'cart', action: 'leave', because: 'Secrets are unseen' },
  foreign: [],
  unseen: ['secrets'],
  problems: [],
  ...change,
});

export const aProvisioningPlan = (
  change: Partial<ProvisioningPlan> = {},
): ProvisioningPlan => ({
  service: 'local/cart/cart',
  owner: 'group:default/shop',
  delivery: 'gitops',
  outcome: 'create',
  objects: [],
  problems: [],
  violations: [],
  ...change,
});

type Planned = Extract<PlanResponse, { kind: 'planned' }>;
export const aPlan = (change: Partial<Planned> = {}): object => ({
  kind: 'planned',
  spec: {},
  derivedNames: [],
  files: [],
  objects: '',
  violations: [],
  provisioning: aProvisioningPlan(),
  ...change,
});

/** What a backend says when nothing stands against anything. */
export function agrees({ line }: Asked): Said {
  if (line.endsWith('/v1/plan')) return { value: aPlan() };
  if (line.endsWith('/verify'))
    return { lines: [{ verification: aVerification() }] };
  if (line.startsWith('GET')) return { value: aRetirementPlan() };
  return {
    lines: [
      { step: 'Asking all systems about local/cart/cart' },
      { receipt: aReceipt() },
    ],
  };
}

/** The backend plugin at the wire, with answers that a real one gives only to a real cluster, or when it is broken. */
export async function aBackend(says: (asked: Asked) => Said = agrees) {
  const asked: Asked[] = [];
  const tokens: Array<string | undefined> = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { method, url, headers } = request;
    const one = {
      line: `${method} ${url}`,
      body: text === '' ? {} : JSON.parse(text),
    };
    asked.push(one);
    tokens.push(headers.authorization);
    const said = says(one);
    if ('lines' in said) {
      response.writeHead(200, { 'Content-Type': NDJSON });
      for (const line of said.lines)
        response.write(
          typeof line === 'string' ? line : `${JSON.stringify(line)}\n`,
        );
      if (said.cut) setImmediate(() => response.destroy());
      else response.end();
      return;
    }
    response.writeHead(said.status ?? 200, {
      'Content-Type': 'application/json',
      ...said.headers,
    });
    response.end(JSON.stringify(said.value));
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    /** Everything that it was asked, in order. */
    asked,
    tokens,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
