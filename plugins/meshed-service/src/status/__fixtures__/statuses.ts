import type {
  Finding,
  MeshStatus,
  PortStatus,
  Rung,
  Verdict,
} from '@meshway/plugin-meshed-service-common';

/** When the statuses below were observed, and when they are looked at. */
export const observedAt = '2026-11-21T12:00:00.000Z';
export const now = new Date('2026-11-21T12:00:12.000Z');

const server = {
  apiVersion: 'policy.linkerd.io/v1beta3',
  kind: 'Server',
  namespace: 'cart',
  name: 'cart.grpc',
};
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  namespace: 'cart',
  name: 'cart-7d4b9c6f5d-x2x8q',
};

const known = (rung: Rung): Verdict => ({ kind: 'known', rung });

const grpcPort = (verdict: Verdict): PortStatus => ({
  port: 8080,
  name: 'grpc',
  protocol: 'gRPC',
  verdict,
  explanation:
    'Server cart.grpc decides. Only checkout and frontend of namespace shop may call.',
  evidence: [{ ref: server, field: 'spec.accessPolicy', value: 'deny' }],
});

const podsCarryProxy: Finding = {
  code: 'MSC001',
  title: 'Pods carry the proxy',
  state: 'ok',
  message: 'All 2 pods carry a proxy.',
  evidence: [{ ref: pod }],
  docs: 'msc001',
};

const bareOnes: Finding = {
  ...podsCarryProxy,
  state: 'degraded',
  message: '1 of 2 pods runs without a proxy.',
  fix: 'Restart the workload: injection happens when a pod is created.',
};

/** A status in which everything is well, and what differs from it. */
export function aStatus(differences: Partial<MeshStatus> = {}): MeshStatus {
  return {
    service: { cluster: 'local', namespace: 'cart', name: 'cart' },
    declared: true,
    observed: true,
    verdict: known('enforced'),
    state: 'ok',
    summary:
      'Enforced. Only checkout and frontend may call port 8080; everybody else is refused.',
    ports: [grpcPort(known('enforced'))],
    traffic: {
      kind: 'noData',
      because: 'No Prometheus is configured.',
    },
    findings: [podsCarryProxy],
    sources: ['Pod', 'Server', 'AuthorizationPolicy'].map(kind => ({
      source: 'snapshot examples/otel-demo/4-observed',
      kind,
      namespace: 'cart',
      freshness: 'current',
      observedAt,
    })),
    observedAt,
    ...differences,
  };
}

const onRung = (
  rung: Rung,
  summary: string,
  differences: Partial<MeshStatus> = {},
): MeshStatus =>
  aStatus({
    verdict: known(rung),
    summary,
    ports: [grpcPort(known(rung))],
    ...differences,
  });

/** One status for every way in which a service can stand, by the name of its story. */
export const statuses: Record<string, MeshStatus> = {
  enforced: aStatus({
    traffic: {
      kind: 'observed',
      securedShare: 1,
      requests: 1204,
      connections: 0,
      plaintextFrom: [],
      unauthenticated: [],
      wouldBeDenied: [],
      denied: [],
      unseen: [],
      windowSeconds: 600,
      observedAt,
      source: 'Prometheus',
    },
  }),
  audit: onRung(
    'audit',
    'Audit. Everybody gets in, and who is no declared client is counted.',
  ),
  opportunistic: onRung(
    'opportunistic',
    'Opportunistic. Meshed clients use mTLS; plaintext is accepted, too.',
  ),
  identityUnhealthy: onRung(
    'identityUnhealthy',
    'The proxies run, but one certificate has expired.',
    { state: 'degraded' },
  ),
  partiallyMeshed: onRung(
    'partiallyMeshed',
    '1 of 2 pods runs without a proxy.',
    { state: 'degraded', findings: [bareOnes] },
  ),
  notMeshed: onRung('notMeshed', 'No pod carries a proxy.', {
    state: 'missing',
    findings: [
      { ...bareOnes, state: 'missing', message: 'No pod carries a proxy.' },
    ],
  }),
  unknown: onRung('audit', 'Servers may not be read, so nobody can tell.', {
    state: 'unknown',
    verdict: {
      kind: 'unknown',
      because: 'The portal may not read Servers in namespace cart.',
      atMost: 'audit',
    },
    ports: [
      grpcPort({
        kind: 'unknown',
        because: 'The portal may not read Servers in namespace cart.',
        atMost: 'audit',
      }),
    ],
    sources: [
      {
        source: 'cluster eu-1',
        kind: 'Server',
        namespace: 'cart',
        freshness: 'forbidden',
        message: 'It lacks list servers.policy.linkerd.io.',
      },
      {
        source: 'cluster eu-1',
        kind: 'Pod',
        namespace: 'cart',
        freshness: 'stale',
        observedAt: '2026-11-21T11:00:00.000Z',
      },
    ],
  }),
  declaredOnly: aStatus({
    observed: false,
    state: 'unknown',
    verdict: {
      kind: 'unknown',
      because: 'Nothing of this service has been observed yet.',
      atMost: 'enforced',
    },
    summary: 'Declared, nothing observed yet.',
    ports: [],
    findings: [],
    observedAt: undefined,
  }),
};
