import { readLinkerdObjects, inboundPolicy, type AccessAnswer } from '../index';
import { couldCall } from './couldCall';
import type { Caller, InboundCall } from './Caller';
import type { KubernetesObject } from '../../../model';
import { object } from '../__testUtils__/policyObject';

const settings = {
  ...{ controlPlaneNamespace: 'linkerd', trustDomain: 'cluster.local' },
  clusterNetworks: ['10.0.0.0/8'],
  probeNetworks: ['0.0.0.0/0', '::/0'],
};
const clientId = 'client.shop.serviceaccount.identity.linkerd.cluster.local';
const group = 'policy.linkerd.io';

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    ...{ name: 'web', namespace: 'shop', labels: { app: 'web' } },
    annotations: { 'config.linkerd.io/skip-inbound-ports': '9999' },
  },
  spec: {
    initContainers: [{ name: 'linkerd-proxy', restartPolicy: 'Always' }],
    containers: [{ name: 'app' }],
  },
};
const aServer = (spec: object = {}) =>
  object('Server', 'web', { podSelector: {}, port: 8080, ...spec });
const aRoute = (name: string, rules: object[], hostnames?: string[]) =>
  object('HTTPRoute', name, {
    parentRefs: [{ kind: 'Server', name: 'web' }],
    ...(hostnames ? { hostnames } : {}),
    rules,
  });
const onPath = (type: string, value: string) => ({
  matches: [{ path: { type, value } }],
});
const anIdentity = (identity: string, target: object) => [
  object('MeshTLSAuthentication', identity, { identities: [identity] }),
  object('AuthorizationPolicy', `allow-${identity}`, {
    targetRef: { group, ...target },
    requiredAuthenticationRefs: [
      { group, kind: 'MeshTLSAuthentication', name: identity },
    ],
  }),
];

const meshed = (identity?: string): Caller => ({
  ...{ address: '10.1.0.7', transport: 'mesh' },
  ...(identity ? { identity } : {}),
});
const plaintext: Caller = { address: '10.1.0.7', transport: 'plaintext' };
const get = (path: string, host?: string): InboundCall => ({
  ...{ kind: 'http', method: 'GET', path },
  ...(host ? { host } : {}),
});
const bytes: InboundCall = { kind: 'bytes' };

function ask(
  objects: KubernetesObject[],
  caller: Caller,
  call: InboundCall,
  port = 8080,
): string {
  const { pods, index } = readLinkerdObjects([pod, ...objects]);
  const policy = inboundPolicy(pods[0], port, index, settings);
  return wordOf(couldCall(pods[0], policy, caller, call));
}

function wordOf(answer: AccessAnswer): string {
  if (answer.decidedBy !== 'policy') return answer.decidedBy;
  if (!answer.allowed) return answer.outcome;
  return answer.by === 'localhost' ? 'localhost' : answer.by.name;
}

const star = anIdentity('*', { kind: 'Server', name: 'web' });
const shop = anIdentity(
  '*.shop.serviceaccount.identity.linkerd.cluster.local',
  { kind: 'Server', name: 'web' },
);
const api = aRoute('api', [onPath('PathPrefix', '/api')]);
const forApi = anIdentity(clientId, { kind: 'HTTPRoute', name: 'api' });
const audit = aServer({ accessPolicy: 'audit' });
const cluster = aServer({ accessPolicy: 'cluster-unauthenticated' });
const away = { ...plaintext, address: '192.0.2.10' };
const spiffe = meshed('spiffe://root/web');
const longest = [
  aRoute('short', [onPath('PathPrefix', '/a')]),
  aRoute('long', [onPath('PathPrefix', '/a/b/')]),
  ...anIdentity(clientId, { kind: 'HTTPRoute', name: 'long' }),
];
const hosts = [
  aRoute('any', [onPath('Exact', '/x')]),
  aRoute('host', [onPath('PathPrefix', '/')], ['*.shop.example']),
  ...anIdentity(clientId, { kind: 'HTTPRoute', name: 'host' }),
];

describe('could X call me?', () => {
  it.each<[string, string, [KubernetesObject[], Caller, InboundCall, number?]]>(
    [
      [
        'a Server lets nobody in',
        'forbidden',
        [[aServer()], meshed(clientId), get('/')],
      ],
      [
        'nobody over TCP either',
        'closed',
        [[aServer()], meshed(clientId), bytes],
      ],
      [
        'but calls from within',
        'localhost',
        [[aServer()], { ...plaintext, address: '127.0.0.1' }, get('/')],
      ],
      [
        'a star needs an identity',
        'forbidden',
        [[aServer(), ...star], meshed(), get('/')],
      ],
      [
        'a star is any name',
        'allow-*',
        [[aServer(), ...star], meshed('a.b'), get('/')],
      ],
      [
        'a star is no SPIFFE URI',
        'forbidden',
        [[aServer(), ...star], spiffe, get('/')],
      ],
      [
        'the end of a name is whole labels',
        'forbidden',
        [
          [aServer(), ...shop],
          meshed('a.workshop.serviceaccount.identity.linkerd.cluster.local'),
          get('/'),
        ],
      ],
      [
        'an identity counts over TLS only',
        'forbidden',
        [[aServer(), ...star], { ...plaintext, identity: clientId }, get('/')],
      ],
      ['audit lets everybody in', 'audit', [[audit], plaintext, get('/')]],
      [
        'networks of the cluster hold',
        'cluster-unauthenticated',
        [[cluster], plaintext, get('/')],
      ],
      ['networks of the cluster end', 'forbidden', [[cluster], away, get('/')]],
      [
        'a route adds its own',
        `allow-${clientId}`,
        [[aServer(), api, ...forApi], meshed(clientId), get('/api/x')],
      ],
      [
        'a route does not restrict',
        'audit',
        [[audit, api, ...forApi], plaintext, get('/api?x=1')],
      ],
      [
        'paths are whole segments',
        'noRoute',
        [[audit, api], plaintext, get('/apis')],
      ],
      [
        'routes do not count for TCP',
        'closed',
        [[aServer(), api, ...forApi], meshed(clientId), bytes],
      ],
      [
        'the longest path wins',
        `allow-${clientId}`,
        [[aServer(), ...longest], meshed(clientId), get('/a/b/c')],
      ],
      [
        'the shorter has its own',
        'forbidden',
        [[aServer(), ...longest], meshed(clientId), get('/a/c')],
      ],
      [
        'a host outweighs a path',
        `allow-${clientId}`,
        [
          [aServer(), ...hosts],
          meshed(clientId),
          get('/x', 'a.shop.example:80'),
        ],
      ],
      [
        'another host falls to the rest',
        'forbidden',
        [[aServer(), ...hosts], meshed(clientId), get('/x', 'shop.example')],
      ],
      [
        'HTTP/1 expected, bytes in plaintext',
        'badRequest',
        [
          [aServer({ accessPolicy: 'audit', proxyProtocol: 'HTTP/1' })],
          plaintext,
          bytes,
        ],
      ],
      [
        'HTTP on an opaque port is bytes',
        'closed',
        [[aServer({ proxyProtocol: 'opaque' })], plaintext, get('/')],
      ],
      [
        'a skipped port goes around',
        'bypass',
        [[aServer({ port: 9999 })], plaintext, get('/'), 9999],
      ],
      [
        'the proxy answers on its admin port',
        'forbidden',
        [[aServer({ port: 4191 })], plaintext, get('/metrics'), 4191],
      ],
      [
        'proxies have a port of their own',
        'proxy',
        [[], plaintext, get('/'), 4143],
      ],
    ],
  )('%s: %s', (_, word, question) => {
    expect(ask(...question)).toBe(word);
  });

  it('says what lets a client in, by which route, and that the proxy answers by itself', () => {
    const rule = {
      ...onPath('PathPrefix', '/old'),
      filters: [
        { type: 'RequestRedirect', requestRedirect: { hostname: 'new' } },
      ],
    };
    const objects = [pod, audit, aRoute('old', [rule])];
    const { pods, index } = readLinkerdObjects(objects);
    const policy = inboundPolicy(pods[0], 8080, index, settings);
    expect(couldCall(pods[0], policy, plaintext, get('/old/x'))).toEqual({
      decidedBy: 'policy',
      allowed: true,
      by: policy.authorizations[0],
      route: policy.routes[0],
      redirected: true,
      because: 'policy audit lets it in',
    });
  });
});
