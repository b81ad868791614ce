import fc from 'fast-check';
import {
  aMeshedServiceSpec,
  aMeshTLSAuthentication,
  aNamespace,
  anAuthorizationPolicy,
  anObservation,
  aPod,
  aServer,
  aService,
  aServiceAccount,
} from '../testUtils';
import type { KubernetesObject } from '../model';
import { evaluateMeshStatus, isKnownAbsent } from './evaluateMeshStatus';
import { MeshStatus, rungs, Verdict } from './MeshStatus';
import { KindFreshness, ObservedKind, observedKinds } from './Observation';

const now = '2026-01-31T10:00:00Z';
const spec = aMeshedServiceSpec({
  ...aService,
  phase: 'enforce',
  clients: [{ namespace: 'checkout', serviceAccount: 'checkout' }],
});
const enforced = [
  aNamespace({
    annotations: {
      'linkerd.io/inject': 'enabled',
      'config.linkerd.io/default-inbound-policy': 'deny',
    },
  }),
  aPod('web-1', {
    annotations: { 'config.linkerd.io/default-inbound-policy': 'deny' },
  }),
  aServer(),
  aMeshTLSAuthentication(['checkout']),
  anAuthorizationPolicy(),
  aServiceAccount(),
];

function verdictOf(
  objects: readonly KubernetesObject[],
  freshness: Partial<Record<ObservedKind, KindFreshness>> = {},
): Verdict {
  return evaluate(objects, freshness).verdict;
}

function evaluate(
  objects: readonly KubernetesObject[],
  freshness: Partial<Record<ObservedKind, KindFreshness>> = {},
): MeshStatus {
  return evaluateMeshStatus(
    spec,
    anObservation(objects, freshness),
    undefined,
    now,
  );
}

describe('evaluateMeshStatus', () => {
  it('says enforced, and who may call', () => {
    const { sources, findings, ...status } = evaluate(enforced);
    expect(status).toEqual({
      service: aService,
      declared: true,
      observed: true,
      verdict: { kind: 'known', rung: 'enforced' },
      state: 'ok',
      summary:
        'Enforced. Only clients with an allowed mesh identity are let in.',
      ports: [
        {
          port: 8080,
          name: 'http',
          protocol: 'HTTP/1',
          verdict: { kind: 'known', rung: 'enforced' },
          explanation: 'Server web.http decides. Only checkout may call.',
          evidence: [
            {
              ref: {
                apiVersion: 'policy.linkerd.io/v1beta3',
                kind: 'Server',
                namespace: 'shop',
                name: 'web.http',
              },
            },
          ],
        },
      ],
      traffic: {
        kind: 'noData',
        because:
          'No traffic source is configured, so nothing is known about traffic.',
      },
      observedAt: now,
    });
    expect(findings.filter(({ state }) => state !== 'ok')).toEqual([]);
  });

  it.each<[string, KubernetesObject[], string]>([
    [
      'an audit Server',
      [aPod(), aServer('web.http', { spec: { accessPolicy: 'audit' } })],
      'audit',
    ],
    [
      'a Server for everybody',
      [
        aPod(),
        aServer('web.http', { spec: { accessPolicy: 'all-unauthenticated' } }),
      ],
      'opportunistic',
    ],
    ['no Server', [aPod()], 'opportunistic'],
    [
      'a policy that asks for nothing',
      [aPod(), aServer(), anAuthorizationPolicy([])],
      'opportunistic',
    ],
    [
      'a proxy that is not ready',
      [aPod('web-1', { proxyReady: false }), aServer()],
      'identityUnhealthy',
    ],
    [
      'one pod without a proxy',
      [aPod(), aPod('web-2', { proxy: false }), aServer()],
      'partiallyMeshed',
    ],
    [
      'no pod with a proxy',
      [aPod('web-1', { proxy: false }), aServer()],
      'notMeshed',
    ],
    [
      'a port that bypasses the proxy',
      [
        aPod('web-1', {
          annotations: { 'config.linkerd.io/skip-inbound-ports': '8080' },
        }),
        aServer(),
      ],
      'notMeshed',
    ],
    [
      'a network that goes around the proxy, as clients in the mesh do not',
      [
        aPod('web-1', {
          annotations: { 'config.linkerd.io/skip-subnets': '192.0.2.0/24' },
        }),
        aServer(),
      ],
      'opportunistic',
    ],
  ])('puts %s on its rung', (_, objects, rung) => {
    expect(verdictOf(objects)).toEqual({ kind: 'known', rung });
  });

  it('waits for the restart that a stricter namespace asks for', () => {
    const waiting = enforced.map(object =>
      object.kind === 'Pod' ? aPod('web-1') : object,
    );
    expect(verdictOf(waiting)).toEqual({
      kind: 'known',
      rung: 'opportunistic',
    });
  });

  it('says of a declared service that nothing has been observed yet', () => {
    const status = evaluate([]);
    expect([status.observed, status.state, status.findings]).toEqual([
      false,
      'unknown',
      [],
    ]);
    expect(status.summary).toMatch(/^Declared, nothing observed yet\./);
  });

  it('tells a service that is not there from one that could not be seen', () => {
    const isAbsent = (freshness?: Parameters<typeof anObservation>[1]) =>
      isKnownAbsent(
        evaluateMeshStatus(
          undefined,
          anObservation([], freshness),
          undefined,
          now,
        ),
      );
    expect([
      isAbsent(),
      isAbsent({ Server: { state: 'notInstalled' } }),
      isAbsent({ Pod: { state: 'forbidden' } }),
      isAbsent({ Namespace: { state: 'unreadable' } }),
      isAbsent({ Server: { state: 'stale' } }),
    ]).toEqual([true, true, false, false, false]);
  });

  it('says who decides about a port as far as that was seen, and that it was seen before', () => {
    const saidWith = (state: KindFreshness['state']) =>
      evaluate(enforced, { Server: { state } }).ports[0].explanation;
    expect([
      saidWith('current'),
      saidWith('stale'),
      saidWith('forbidden'),
    ]).toEqual([
      'Server web.http decides. Only checkout may call.',
      'What is known of kind Server is out of date. As it was seen last: Server web.http decides. Only checkout may call.',
      'The portal may not read kind Server.',
    ]);
  });

  it('takes traffic that is older than its window for no data', () => {
    const { traffic } = evaluateMeshStatus(
      spec,
      anObservation(enforced),
      {
        kind: 'observed',
        source: 'Prometheus',
        observedAt: '2026-01-31T09:00:00Z',
        windowSeconds: 600,
        ports: [],
        silent: [],
        unseenPorts: [],
        unseenNetworks: [],
        failedHandshakes: 0,
        certificates: [],
      },
      now,
    );
    expect(traffic.kind).toBe('noData');
  });
});

/** Objects that may or may not be there. */
const candidates = [
  ...enforced,
  aPod('web-2', { proxy: false }),
  aPod('web-3', { proxyReady: false }),
  aPod('web-4'),
  aServer('older', {
    spec: { port: 8080, accessPolicy: 'all-unauthenticated' },
    createdAt: '2025-01-01T00:00:00Z',
  }),
  aServer('audit', {
    spec: { port: 8080, accessPolicy: 'audit' },
    createdAt: '2025-06-01T00:00:00Z',
  }),
  anAuthorizationPolicy([], { name: 'open' }),
];
const someObjects = fc.subarray(candidates).chain(objects =>
  fc.shuffledSubarray(objects, {
    minLength: objects.length,
    maxLength: objects.length,
  }),
);
const height = (verdict: Verdict) =>
  rungs.indexOf(verdict.kind === 'known' ? verdict.rung : verdict.atMost);

describe('properties of a status', () => {
  it('the order of the facts makes no difference', () => {
    fc.assert(
      fc.property(someObjects, objects => {
        const sorted = candidates.filter(each => objects.includes(each));
        expect(evaluate(objects)).toEqual(evaluate(sorted));
      }),
    );
  });

  it('data that goes stale never raises the verdict, and leaves a known one only as it was', () => {
    fc.assert(
      fc.property(
        someObjects,
        fc.subarray([...observedKinds], { minLength: 1 }),
        (objects, kinds) => {
          const before = verdictOf(objects);
          const after = verdictOf(
            objects,
            Object.fromEntries(kinds.map(kind => [kind, { state: 'stale' }])),
          );
          expect(height(after)).toBeLessThanOrEqual(height(before));
          expect([before, { ...after, kind: 'unknown' }]).toContainEqual(after);
        },
      ),
    );
  });

  it('a kind that may not be read makes no verdict better than it was', () => {
    fc.assert(
      fc.property(
        someObjects,
        fc.subarray([...observedKinds], { minLength: 1 }),
        (objects, kinds) => {
          const seen = objects.filter(
            ({ kind }) => !kinds.some(each => each === kind),
          );
          const before = verdictOf(objects);
          const after = verdictOf(
            seen,
            Object.fromEntries(
              kinds.map(kind => [kind, { state: 'forbidden' }]),
            ),
          );
          expect(
            after.kind === 'unknown' || height(after) <= height(before),
          ).toBe(true);
        },
      ),
    );
  });

  it('what rests on a kind that is not current is never ok', () => {
    fc.assert(
      fc.property(
        someObjects,
        fc.constantFrom<'stale' | 'forbidden' | 'unreadable'>(
          'stale',
          'forbidden',
          'unreadable',
        ),
        (objects, state) => {
          const all = Object.fromEntries(
            observedKinds.map(kind => [kind, { state }]),
          );
          const status = evaluate(objects, all);
          expect(status.verdict.kind).toBe('unknown');
          expect(status.state).not.toBe('ok');
          expect(
            status.findings.filter(finding => finding.state === 'ok'),
          ).toEqual([]);
        },
      ),
    );
  });
});
