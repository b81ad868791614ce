import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { KubernetesObject } from '../../model';
import { readJson } from './__testUtils__/recordings';
import {
  answerInbound,
  findWorkload,
  inboundPolicy,
  readLinkerdObjects,
} from './index';

const settings = {
  ...{ controlPlaneNamespace: 'linkerd', trustDomain: 'cluster.local' },
  defaultInboundPolicy: 'all-unauthenticated' as const,
  clusterNetworks: [],
  probeNetworks: ['0.0.0.0/0', '::/0'],
};
const group = 'policy.linkerd.io';

/** Objects of the recorded transitions, as they stand after the change that matters. */
function objectsIn(namespace: string) {
  const object = (
    kind: string,
    name: string,
    spec: object,
    generation = 1,
    more: object = {},
  ): KubernetesObject => ({
    apiVersion: `${group}/v1`,
    kind,
    metadata: { name, namespace, generation },
    spec,
    ...more,
  });
  const pod: KubernetesObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...{ name: 'web', namespace },
      labels: { app: 'web', 'linkerd.io/control-plane-ns': 'linkerd' },
    },
    spec: { containers: [{ name: 'app', ports: [{ containerPort: 8080 }] }] },
  };
  const server = (spec: object = {}, generation = 1) =>
    object(
      'Server',
      'web-http',
      { podSelector: {}, port: 8080, accessPolicy: 'deny', ...spec },
      generation,
    );
  const policy = (
    target: string,
    requires: object,
    generation = 1,
  ): KubernetesObject =>
    object(
      'AuthorizationPolicy',
      'allow',
      {
        targetRef: {
          group,
          kind: target,
          name: target === 'Server' ? 'web-http' : 'routes',
        },
        requiredAuthenticationRefs: [requires],
      },
      generation,
    );
  const clients = object('MeshTLSAuthentication', 'clients', {
    identities: ['client.shop.serviceaccount.identity.linkerd.cluster.local'],
  });
  const byClients = { group, kind: 'MeshTLSAuthentication', name: 'clients' };
  return { object, pod, server, policy, clients, byClients };
}

function ask(objects: KubernetesObject[], namespace: string) {
  const found = readLinkerdObjects(objects);
  const ref = { namespace, pod: 'web' };
  const workload = findWorkload(found, ref);
  return {
    answer: answerInbound(ref, workload, 8080, found.index, settings),
    history: workload
      ? inboundPolicy(workload, 8080, found.index, settings).history.map(
          ({ kind, ref: { kind: of, name } }) => `${kind}: ${of} ${name}`,
        )
      : [],
  };
}

const t1 = objectsIn('t1');
const t2 = objectsIn('t2');
const t3 = objectsIn('t3');
const t4 = objectsIn('t4');
const accepted = {
  status: {
    parents: [
      {
        controllerName: 'linkerd.io/policy-controller',
        parentRef: { group, kind: 'Server', name: 'web-http' },
        conditions: [{ type: 'Accepted', status: 'True' }],
      },
    ],
  },
};

/** What each transition leaves behind, and what a controller may still hold on to. */
const left: Record<string, [KubernetesObject[], string, string[]]> = {
  'policy-updated-to-invalid-keeps-the-old-authorization': [
    [
      t1.pod,
      t1.server(),
      t1.clients,
      t1.policy('Server', { kind: 'Secret', name: 'x' }, 2),
    ],
    't1',
    ['formerForm: AuthorizationPolicy allow'],
  ],
  'server-updated-to-invalid-keeps-the-old-server': [
    [
      t2.pod,
      t2.server({ proxyProtocol: 'HTTP/3' }, 2),
      t2.clients,
      t2.policy('Server', t2.byClients),
    ],
    't2',
    ['formerForm: Server web-http'],
  ],
  'http-route-updated-to-foreign-parent-keeps-the-old-route': [
    [
      t3.pod,
      t3.server(),
      t3.clients,
      t3.policy('HTTPRoute', t3.byClients),
      t3.object(
        'HTTPRoute',
        'routes',
        {
          parentRefs: [
            { kind: 'Server', name: 'web-http' },
            { kind: 'Server', name: 'web-http', namespace: 'elsewhere' },
          ],
          rules: [{ matches: [{ path: { value: '/api' }, method: 'GET' }] }],
        },
        2,
        accepted,
      ),
    ],
    't3',
    ['formerForm: HTTPRoute routes'],
  ],
  'authentication-deleted-closes-the-port': [
    [t4.pod, t4.server(), t4.policy('Server', t4.byClients)],
    't4',
    [],
  ],
};

const recordedIn = resolve(
  __dirname,
  '../../../../../../shared/data/linkerd/transitions.json',
);
type Transition = {
  name: string;
  steps: Array<{ after: string; answer: unknown }>;
};
const recorded: Transition[] = existsSync(recordedIn)
  ? readJson(recordedIn)
  : [];

describe('answers that depend on history', () => {
  it.each(Object.entries(left))(
    '%s: says so, and answers as a restarted controller does',
    (name, [objects, namespace, history]) => {
      const { answer, history: said } = ask(objects, namespace);
      expect(said).toEqual(history);
      const restarted =
        recorded
          .find(each => each.name === name)
          ?.steps.find(({ after }) =>
            [
              history.length > 0
                ? 'controller restarted'
                : 'MeshTLSAuthentication deleted',
            ].includes(after),
          )?.answer ?? answer;
      expect(answer).toEqual(restarted);
    },
  );

  it('are none where the object never had another form', () => {
    expect(
      ask([t2.pod, t2.server({ proxyProtocol: 'HTTP/3' })], 't2').history,
    ).toEqual([]);
  });

  it('say that a status is still to be written, or will change', () => {
    const route = (more: object) =>
      t1.object(
        'HTTPRoute',
        'routes',
        { parentRefs: [{ kind: 'Server', name: 'web-http' }] },
        1,
        more,
      );
    const grpc = {
      ...t1.object('GRPCRoute', 'grpc', {
        parentRefs: [{ group, kind: 'Server', name: 'web-http' }],
      }),
      apiVersion: 'gateway.networking.k8s.io/v1',
      ...accepted,
    };
    const of = (objects: KubernetesObject[]) =>
      ask([t1.pod, t1.server(), ...objects], 't1').history;
    expect([
      of([route({})]),
      of([route(accepted)]),
      of([route(accepted), grpc]),
    ]).toEqual([
      ['status: HTTPRoute routes'],
      [],
      ['status: HTTPRoute routes'],
    ]);
  });
});
