import fc from 'fast-check';
import { kinds, KubernetesObject } from '../model';
import {
  aHostileValue,
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
import { evaluateMeshStatus } from './evaluateMeshStatus';
import { MeshStatus, rungs } from './MeshStatus';
import { KindFreshness, ObservedKind, observedKinds } from './Observation';
import { observedResources } from './observedResources';

const spec = aMeshedServiceSpec({
  ...aService,
  phase: 'enforce',
  clients: [{ namespace: 'checkout', serviceAccount: 'checkout' }],
});
const defaultPolicy = 'config.linkerd.io/default-inbound-policy';

const elsewhere = (
  namespace: string,
  object: KubernetesObject,
): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, namespace },
});

/** Objects that may or may not be there; each can change an answer. */
const candidates: KubernetesObject[] = [
  aNamespace({
    annotations: { 'linkerd.io/inject': 'enabled', [defaultPolicy]: 'deny' },
  }),
  aPod('web-1', { annotations: { [defaultPolicy]: 'deny' } }),
  aPod('web-2', { proxy: false }),
  aPod('web-3', { proxyReady: false }),
  aPod('web-4'),
  aServer(),
  aServer('older', {
    spec: { port: 8080, accessPolicy: 'all-unauthenticated' },
    createdAt: '2025-01-01T00:00:00Z',
  }),
  aServer('unreadable', { spec: { port: 70000 } }),
  aMeshTLSAuthentication(['checkout']),
  anAuthorizationPolicy(),
  anAuthorizationPolicy([], { name: 'open' }),
  aServiceAccount(),
  {
    ...kinds.NetworkPolicy,
    metadata: { name: 'closed', namespace: 'shop' },
    spec: { podSelector: {}, ingress: [] },
  },
  {
    ...kinds.Deployment,
    metadata: { name: 'web', namespace: 'shop', generation: 2 },
    spec: { template: { spec: { hostNetwork: true } } },
    status: { observedGeneration: 1 },
  },
  {
    ...kinds.Service,
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      selector: { 'app.kubernetes.io/name': 'web' },
      ports: [{ port: 80, targetPort: 'absent' }],
    },
  },
  elsewhere('linkerd', {
    ...kinds.ConfigMap,
    metadata: { name: 'linkerd-config' },
    data: {
      values:
        'linkerdVersion: other\nproxy: {defaultInboundPolicy: all-unauthenticated}',
    },
  }),
  elsewhere('argocd', {
    ...kinds.Application,
    metadata: { name: 'web.shop.local' },
    spec: { destination: { namespace: 'shop' } },
    status: { sync: { status: 'OutOfSync' } },
  }),
];

const someObjects = fc.subarray(candidates).chain(objects =>
  fc.shuffledSubarray(objects, {
    minLength: objects.length,
    maxLength: objects.length,
  }),
);
const someKinds = fc.subarray([...observedKinds], { minLength: 1 });
const someState = fc.constantFrom<'stale' | 'forbidden' | 'unreadable'>(
  'stale',
  'forbidden',
  'unreadable',
);
type Kinds = Partial<Record<ObservedKind, KindFreshness>>;

function evaluate(
  objects: readonly KubernetesObject[],
  freshness: Kinds = {},
): MeshStatus {
  const observation = anObservation(objects, freshness);
  return evaluateMeshStatus(
    spec,
    observation,
    undefined,
    '2026-01-31T10:00:00Z',
  );
}

/** The same cluster, with sources that fail: what was known of them stays, or was never seen. */
function withoutSources(
  objects: readonly KubernetesObject[],
  lost: readonly ObservedKind[],
  state: 'stale' | 'forbidden' | 'unreadable',
): MeshStatus {
  const known =
    state === 'stale'
      ? objects
      : objects.filter(({ kind }) => !lost.some(each => each === kind));
  return evaluate(
    known,
    Object.fromEntries(lost.map(kind => [kind, { state }])),
  );
}

const height = ({ verdict }: MeshStatus) =>
  rungs.indexOf(verdict.kind === 'known' ? verdict.rung : verdict.atMost);

describe('properties of a status, whatever is in the cluster', () => {
  it('a source that fails never raises the verdict: it stays, or becomes unknown with what it could be at most', () => {
    fc.assert(
      fc.property(someObjects, someKinds, someState, (objects, lost, state) => {
        const before = evaluate(objects);
        const after = withoutSources(objects, lost, state);
        // What went stale was at most what it was; what cannot be seen may be that, or better.
        const bound = Math.sign(height(after) - height(before));
        expect([
          before.verdict,
          { ...after.verdict, kind: 'unknown' },
        ]).toContainEqual(after.verdict);
        expect(state === 'stale' ? [-1, 0] : [0, 1]).toContain(bound);
      }),
      { numRuns: 500 },
    );
  });

  it('a source that fails makes nothing ok that was not', () => {
    fc.assert(
      fc.property(someObjects, someKinds, someState, (objects, lost, state) => {
        const before = evaluate(objects);
        const after = withoutSources(objects, lost, state);
        const okBefore = new Set(
          before.findings.flatMap(each =>
            each.state === 'ok' ? [each.code] : [],
          ),
        );
        expect(before.state !== 'ok' && after.state === 'ok').toBe(false);
        expect(
          after.findings.filter(
            each => each.state === 'ok' && !okBefore.has(each.code),
          ),
        ).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('unknown never becomes ok', () => {
    fc.assert(
      fc.property(someObjects, someKinds, someState, (objects, lost, state) => {
        const status = withoutSources(objects, lost, state);
        const unknown =
          status.verdict.kind === 'unknown' ||
          status.findings.some(each => each.state === 'unknown');
        expect(unknown && status.state === 'ok').toBe(false);
      }),
    );
  });

  it('the same facts, in any order and asked again, give the same answer in the same words', () => {
    fc.assert(
      fc.property(someObjects, objects => {
        const sorted = candidates.filter(each => objects.includes(each));
        expect(evaluate(objects)).toEqual(evaluate(sorted));
        const observation = anObservation(objects);
        const [first, second] = ['10:00', '10:01'].map(time =>
          evaluateMeshStatus(
            spec,
            observation,
            undefined,
            `2026-01-31T${time}:00Z`,
          ),
        );
        expect(second).toEqual(first);
      }),
    );
  });

  it('an object of any form takes no other with it', () => {
    const hostile = fc.record({
      resource: fc.constantFrom(...observedResources),
      name: fc.oneof(fc.constant('odd'), aHostileValue()),
      labels: aHostileValue(),
      annotations: aHostileValue(),
      owners: aHostileValue(),
      spec: aHostileValue(),
      status: aHostileValue(),
    });
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 5 }), others => {
        const foreign = others.map(({ resource, name, owners, ...rest }) => {
          const [{ group, versions }] = resource.groups;
          return {
            apiVersion: group ? `${group}/${versions[0]}` : versions[0],
            kind: resource.kind,
            metadata: {
              ...{ name, namespace: 'shop', ownerReferences: owners },
              ...{ labels: rest.labels, annotations: rest.annotations },
            },
            spec: rest.spec,
            status: rest.status,
            data: rest.spec,
          } as KubernetesObject;
        });
        const status = evaluate([...candidates.slice(0, 2), ...foreign]);
        expect(status.observed).toBe(true);
        expect(status.findings.map(({ code }) => code)).toContain('MSC001');
      }),
      { numRuns: 300 },
    );
  });
});
