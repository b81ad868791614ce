import type { KubernetesObject } from '../../../model';
import {
  inboundPolicy,
  readLinkerdObjects,
  type Caller,
  type InboundCall,
} from '../index';
import { object } from '../__testUtils__/policyObject';
import { couldCall } from './couldCall';

const settings = {
  ...{ controlPlaneNamespace: 'linkerd', trustDomain: 'cluster.local' },
  ...{ clusterNetworks: ['10.0.0.0/8'], probeNetworks: [] },
};
const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    ...{ name: 'web', namespace: 'shop' },
    annotations: { 'config.linkerd.io/opaque-ports': '9000' },
  },
  spec: {
    initContainers: [
      { name: 'linkerd-init', args: ['--inbound-ports-to-ignore', '4567'] },
      { name: 'linkerd-proxy', restartPolicy: 'Always' },
    ],
    containers: [{ name: 'app' }],
  },
};

const mesh: Caller = {
  ...{ address: '10.1.0.7', transport: 'mesh', identity: 'a.shop' },
};
const plaintext: Caller = { address: '10.1.0.7', transport: 'plaintext' };
const http1: InboundCall = {
  ...{ kind: 'http', version: 1, method: 'GET', path: '/' },
};
const http2: InboundCall = { ...http1, version: 2 };
const grpc: InboundCall = { ...http2, method: 'POST', path: '/pay.Pay/Go' };
const bytes: InboundCall = { kind: 'bytes' };
const tls: InboundCall = { kind: 'tls' };

/** Whatever the protocol is: everybody is let in, so that nothing else refuses. */
const aServer = (proxyProtocol: string, port: number) =>
  object('Server', 'web', {
    ...{ podSelector: {}, port, proxyProtocol },
    accessPolicy: 'all-unauthenticated',
  });

function ask(
  objects: KubernetesObject[],
  port: number,
  caller: Caller,
  call: InboundCall,
  of: KubernetesObject = pod,
): string {
  const { pods, index } = readLinkerdObjects([of, ...objects]);
  const policy = inboundPolicy(pods[0], port, index, settings);
  const answer = couldCall(pods[0], policy, caller, call);
  if (answer.decidedBy !== 'policy') return answer.decidedBy;
  return answer.allowed ? 'allowed' : answer.outcome;
}

describe('couldCall, by what arrives', () => {
  it.each<[string, string, [string, number, Caller, InboundCall]]>([
    [
      'HTTP/1 expected, the TLS of an application in plaintext',
      'closed',
      ['HTTP/1', 8080, plaintext, tls],
    ],
    [
      'HTTP/1 expected, HTTP/2 in plaintext',
      'closed',
      ['HTTP/1', 8080, plaintext, http2],
    ],
    [
      'HTTP/1 expected, HTTP/2 of a meshed client, which its proxy names',
      'allowed',
      ['HTTP/1', 8080, mesh, http2],
    ],
    [
      'HTTP/2 expected, HTTP/1 in plaintext',
      'closed',
      ['HTTP/2', 8080, plaintext, http1],
    ],
    [
      'HTTP/2 expected, HTTP/1 of a meshed client, which proxies carry so',
      'allowed',
      ['HTTP/2', 8080, mesh, http1],
    ],
    [
      'gRPC expected, HTTP/1 in plaintext',
      'closed',
      ['gRPC', 8080, plaintext, http1],
    ],
    ['TLS expected, TLS', 'allowed', ['TLS', 8080, plaintext, tls]],
    [
      'TLS expected, HTTP in plaintext, which nobody looks at',
      'allowed',
      ['TLS', 8080, plaintext, http1],
    ],
    [
      'TLS expected, HTTP of a meshed client, which its proxy names',
      'noRoute',
      ['TLS', 8080, mesh, http1],
    ],
    [
      'HTTP/1 expected, on a port that the annotation calls opaque: clients do not name what they send',
      'closed',
      ['HTTP/1', 9000, mesh, http1],
    ],
    [
      'HTTP/1 expected, on such a port, in plaintext',
      'allowed',
      ['HTTP/1', 9000, plaintext, http1],
    ],
    [
      'detection by a Server, on such a port',
      'allowed',
      ['unknown', 9000, mesh, http1],
    ],
    [
      'the proxy answers requests on its own port, whatever a Server says',
      'noRoute',
      ['opaque', 4191, plaintext, http1],
    ],
    ['and nothing but requests', 'closed', ['unknown', 4191, plaintext, bytes]],
    [
      'a port that the installation skips, in plaintext',
      'bypass',
      ['unknown', 4567, plaintext, bytes],
    ],
    [
      'such a port, of a meshed client, whose proxy knows nothing of that',
      'allowed',
      ['unknown', 4567, mesh, bytes],
    ],
  ])('%s: %s', (_, word, [protocol, port, caller, call]) => {
    expect(ask([aServer(protocol, port)], port, caller, call)).toBe(word);
  });

  it('judges nobody in plaintext who comes from where the installation, or the annotation, leads around the proxy', () => {
    const [init, proxy] = pod.spec.initContainers;
    const args = ['--subnets-to-ignore', '192.0.2.0/24, 10.1.0.0/16'];
    const byInit = { initContainers: [{ ...init, args }, proxy] };
    const byCni = { initContainers: [proxy] };
    const written = { 'config.linkerd.io/skip-subnets': '10.1.0.7/32' };
    const asked = (
      { spec = {}, annotations = {} },
      caller: Caller,
      port = 8080,
    ) => {
      const from = {
        ...{ ...pod, spec: { ...pod.spec, ...spec } },
        metadata: { ...pod.metadata, annotations },
      };
      return ask(
        [object('Server', 'web', { podSelector: {}, port })],
        port,
        caller,
        http1,
        from,
      );
    };
    expect([
      asked({ spec: byInit }, plaintext),
      asked({ spec: byCni, annotations: written }, plaintext),
      asked(
        { spec: byCni, annotations: written },
        { ...plaintext, address: '10.1.0.8' },
      ),
      // Written once the pod was there: its init container was not told.
      asked({ annotations: written }, plaintext),
      asked({ spec: byInit }, mesh),
      asked({ spec: byInit }, plaintext, 4191),
    ]).toEqual([
      'bypass',
      'bypass',
      'forbidden',
      'forbidden',
      'forbidden',
      'forbidden',
    ]);
  });

  it('judges HTTP of a meshed client as a connection where clients do not name it: routes have no say', () => {
    const route = object('HTTPRoute', 'web', {
      parentRefs: [{ kind: 'Server', name: 'web' }],
      rules: [{ matches: [{ path: { type: 'Exact', value: '/x' } }] }],
    });
    const objects = [aServer('unknown', 9000), route];
    expect(ask(objects, 9000, mesh, http1)).toBe('allowed');
    expect(ask(objects, 9000, plaintext, http1)).toBe('noRoute');
  });

  it('lets nobody in where a match of a GRPCRoute names no method: proxies cannot read the policy', () => {
    const route = (match: object) => ({
      ...object('GRPCRoute', 'web', {
        parentRefs: [
          { group: 'policy.linkerd.io', kind: 'Server', name: 'web' },
        ],
        rules: [{ matches: [{ method: { service: 'pay.Pay' } }, match] }],
      }),
      apiVersion: 'gateway.networking.k8s.io/v1',
    });
    const byHeader = { headers: [{ name: 'x-team', value: 'shop' }] };
    const asked = (match: object, caller: Caller, call: InboundCall) =>
      ask([aServer('gRPC', 8080), route(match)], 8080, caller, call);
    expect([
      asked(byHeader, mesh, grpc),
      asked(byHeader, { ...plaintext, address: '127.0.0.1' }, grpc),
      asked(byHeader, mesh, bytes),
      asked({ ...byHeader, method: { method: 'Go' } }, mesh, grpc),
    ]).toEqual(['forbidden', 'forbidden', 'closed', 'allowed']);
  });
});
