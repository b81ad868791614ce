import fc from 'fast-check';
import { renderBundle } from '../manifests';
import {
  couldCall,
  inboundPolicy,
  InboundCall,
  Pod,
  PolicyIndex,
  readLinkerdObjects,
  type AccessAnswer,
  type Caller,
} from '../mesh';
import {
  annotations,
  defaultPlatform,
  KubernetesObject,
  labels,
  meshIdentity,
  phasePolicy,
  Platform,
  proxyPorts,
  workloadLabels,
} from '../model';
import {
  MeshedServiceSpec,
  parseMeshedServiceSpec,
  ServicePort,
} from '../spec';
import { anAcceptedSpecInput } from '../testUtils';

/**
 * What the ask flow renders in `enforce`, asked by the see flow: does exactly who should get in get in? The kubelet and
 * Prometheus have no identity; clients have exactly one.
 */

const { mesh } = defaultPlatform;
const settings = { ...mesh, defaultInboundPolicy: undefined };
const address = '10.20.30.40';
const unmeshed: Caller = { address, transport: 'plaintext' };
const outside: Caller = { address: '192.0.2.10', transport: 'plaintext' };
const meshed = (namespace: string, serviceAccount: string): Caller => ({
  ...{ address, transport: 'mesh' },
  identity: meshIdentity({ namespace, serviceAccount }, mesh),
});

/** What the workload of a service looks like once the injector is done with it. */
function aPodOf(spec: MeshedServiceSpec): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...{ name: `${spec.name}-1`, namespace: spec.namespace },
      labels: {
        ...workloadLabels(spec),
        [labels.linkerdControlPlaneNamespace]: mesh.controlPlaneNamespace,
      },
      annotations: {
        [annotations.linkerdDefaultInboundPolicy]: phasePolicy[spec.phase],
      },
    },
    spec: {
      serviceAccountName: spec.name,
      initContainers: [
        {
          ...{ name: 'linkerd-proxy', restartPolicy: 'Always' },
          ports: [{ name: 'linkerd-admin', containerPort: proxyPorts.admin }],
          livenessProbe: httpGet('/live', proxyPorts.admin),
          readinessProbe: httpGet('/ready', proxyPorts.admin),
        },
      ],
      containers: spec.ports.flatMap(({ name, port, probes }) => [
        { name, ports: [{ name, containerPort: port }] },
        // A container has three probes at most; the kubelet asks all of these.
        ...probes.flatMap((probe, index) =>
          probe.kind === 'http'
            ? [
                {
                  name: `${name}-${index}`,
                  livenessProbe: httpGet(probe.path, port),
                },
              ]
            : [],
        ),
      ]),
    },
  };
}

function httpGet(path: string, port: number): object {
  return { httpGet: { path, port } };
}

/** @returns a call that is no probe, as the protocol of the port has it. */
function anyCall({ protocol }: ServicePort): InboundCall {
  switch (protocol) {
    case 'gRPC':
      return { kind: 'http', method: 'POST', path: '/any.Service/Call' };
    case 'opaque':
    case 'TLS':
      return { kind: 'bytes' };
    default:
      return { kind: 'http', method: 'GET', path: '/any/call/of/a/client' };
  }
}

/** @returns what the kubelet asks a port. A TCP probe only connects, which a proxy always lets it. */
function probesOf({ probes }: ServicePort): InboundCall[] {
  return probes.flatMap((probe): InboundCall[] => {
    switch (probe.kind) {
      case 'http':
        return [{ kind: 'http', method: 'GET', path: probe.path }];
      case 'grpc':
        return [
          {
            ...{ kind: 'http', method: 'POST' },
            path: '/grpc.health.v1.Health/Check',
          },
        ];
      default:
        return [];
    }
  });
}

/** Prometheus by its networks, or by its identity. */
const platforms = [
  defaultPlatform,
  {
    ...defaultPlatform,
    prometheus: {
      ...defaultPlatform.prometheus,
      ...{ namespace: 'monitoring', serviceAccount: 'prometheus' },
    },
  },
];

/** @returns by whom the proxy's own port is asked, and what should come of it. */
function adminExpectations({ prometheus }: Platform) {
  const byIdentity = prometheus.serviceAccount !== undefined;
  const get = (path: string): InboundCall => ({
    ...{ kind: 'http', method: 'GET', path },
  });
  const scraper = byIdentity ? meshed('monitoring', 'prometheus') : unmeshed;
  const other = byIdentity ? unmeshed : outside;
  return [
    { caller: scraper, call: get('/metrics'), wanted: 'allowed' },
    { caller: other, call: get('/metrics'), wanted: 'forbidden' },
    { caller: unmeshed, call: get('/live'), wanted: 'allowed' },
    { caller: unmeshed, call: get('/ready'), wanted: 'allowed' },
    { caller: unmeshed, call: get('/shutdown'), wanted: 'noRoute' },
  ];
}

type Delivered = { pod: Pod; index: PolicyIndex };

function ask(
  { pod, index }: Delivered,
  port: number,
  caller: Caller,
  call: InboundCall,
): string {
  const policy = inboundPolicy(pod, port, index, settings);
  return wordOf(couldCall(pod, policy, caller, call));
}

function wordOf(answer: AccessAnswer): string {
  if (answer.decidedBy !== 'policy') return answer.decidedBy;
  return answer.allowed ? 'allowed' : answer.outcome;
}

/** @returns by whom a port is asked, and what should come of it. */
function expectations(spec: MeshedServiceSpec, port: ServicePort) {
  const call = anyCall(port);
  const refused = call.kind === 'bytes' ? 'closed' : 'forbidden';
  const clients = port.clients ?? spec.clients;
  const named = clients.map(client =>
    'serviceAccount' in client
      ? meshed(client.namespace, client.serviceAccount)
      : meshed(client.namespace, 'anybody-there'),
  );
  const whole = clients.flatMap(client =>
    'serviceAccount' in client ? [] : [client.namespace],
  );
  const others = clients.flatMap(client => [
    ...('serviceAccount' in client && !whole.includes(client.namespace)
      ? [meshed(client.namespace, `${client.serviceAccount}-not`)]
      : []),
    meshed(`${client.namespace}-not`, 'anybody-there'),
  ]);
  const strangers = [
    ...others.filter(
      ({ identity }) => !named.some(each => each.identity === identity),
    ),
    ...(whole.includes('stranger') ? [] : [meshed('stranger', 'stranger')]),
    { address, transport: 'mesh' as const },
    unmeshed,
    outside,
  ].filter(
    ({ identity }) =>
      !whole.some(namespace => identity?.includes(`.${namespace}.service`)),
  );
  return [
    ...named.map(caller => ({ caller, call, wanted: 'allowed' })),
    ...strangers.map(caller => ({ caller, call, wanted: refused })),
    ...probesOf(port).map(probe => ({
      ...{ caller: unmeshed, call: probe, wanted: 'allowed' },
    })),
  ];
}

describe('a bundle that was delivered to enforce', () => {
  it('lets the kubelet and Prometheus in, and exactly the clients that are named', () => {
    fc.assert(
      fc.property(
        anAcceptedSpecInput(),
        fc.constantFrom(...platforms),
        (input, platform) => {
          const spec = parseMeshedServiceSpec({ ...input, phase: 'enforce' });
          const { objects } = renderBundle(spec, platform);
          const { pods, index } = readLinkerdObjects([
            ...objects,
            aPodOf(spec),
          ]);
          const delivered = { pod: pods[0], index };
          const questions = [
            ...spec.ports.flatMap(port =>
              expectations(spec, port).map(each => ({
                port: port.port,
                ...each,
              })),
            ),
            ...adminExpectations(platform).map(each => ({
              port: proxyPorts.admin,
              ...each,
            })),
          ];
          expect(
            questions.map(({ port, caller, call }) => ({
              ...{ port, caller, call },
              wanted: ask(delivered, port, caller, call),
            })),
          ).toEqual(questions);
        },
      ),
      { numRuns: 200 },
    );
  });
});
