import * as fc from 'fast-check';
import {
  annotations,
  defaultPlatform,
  inboundPolicy,
  isUnreadable,
  labels,
  meshIdentity,
  namespaceIdentity,
  names,
  parseMeshedServiceSpec,
  phasePolicy,
  podFromKubernetes,
  PolicyIndex,
  proxyPorts,
  readLinkerdObjects,
  renderBundle,
  workloadLabels,
  type Client,
  type KubernetesObject,
  type MeshedServiceSpec,
  type ServicePort,
} from '../index';
import { anAcceptedSpecInput } from '../testUtils';

/**
 * Both flows meet: what the ask flow renders is read by the see flow's own re-implementation of the policy controller,
 * and has to mean what was asked for.
 */

const { mesh } = defaultPlatform;
const settings = { ...mesh, defaultInboundPolicy: undefined };

const created = '2026-01-31T12:00:00Z';

/** What the injector makes of a pod of the team's Deployment. */
function aPodOf(spec: MeshedServiceSpec, namespace: KubernetesObject) {
  const pod = podFromKubernetes({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'pod',
      namespace: spec.namespace,
      creationTimestamp: created,
      labels: {
        ...workloadLabels(spec),
        [labels.linkerdControlPlaneNamespace]: mesh.controlPlaneNamespace,
      },
      annotations: {
        [annotations.linkerdDefaultInboundPolicy]:
          namespace.metadata.annotations?.[
            annotations.linkerdDefaultInboundPolicy
          ] ?? '',
      },
    },
    spec: {
      serviceAccountName: spec.name,
      initContainers: [
        {
          name: 'linkerd-proxy',
          restartPolicy: 'Always',
          ports: [
            { name: 'linkerd-proxy', containerPort: proxyPorts.inbound },
            { name: 'linkerd-admin', containerPort: proxyPorts.admin },
          ],
        },
      ],
      containers: [
        {
          name: spec.name,
          ports: spec.ports.map(({ name, port }) => ({
            name,
            containerPort: port,
          })),
        },
      ],
    },
    status: { phase: 'Running' },
  });
  if (isUnreadable(pod)) throw new Error('the pod of the test is unreadable');
  return pod;
}

/** As an API server would hold them; all of them can be used. */
function policiesOf(objects: readonly KubernetesObject[]): PolicyIndex {
  const { index } = readLinkerdObjects(
    objects.map(object => ({
      ...object,
      metadata: { ...object.metadata, creationTimestamp: created },
    })),
  );
  const { refused, routes } = index.policies;
  expect([...refused, ...routes.flatMap(each => each.unusable ?? [])]).toEqual(
    [],
  );
  return index;
}

/** What the policy of a port should say of those clients. */
function wantedIdentities(clients: readonly Client[]) {
  const exact = clients.flatMap(client =>
    'serviceAccount' in client ? [meshIdentity(client, mesh)] : [],
  );
  const suffixes = clients.flatMap(client =>
    'serviceAccount' in client ? [] : [namespaceIdentity(client, mesh)],
  );
  return { identities: exact.sort(), suffixes: suffixes.sort() };
}

function wanted(spec: MeshedServiceSpec, port: ServicePort) {
  const clients = port.clients ?? spec.clients;
  return {
    server: names.server(spec, port),
    shadowed: [],
    ignored: [],
    clients:
      clients.length > 0
        ? [{ type: 'meshTLS', ...wantedIdentities(clients) }]
        : [],
    others: spec.phase === 'enforce' ? [] : [phasePolicy[spec.phase]],
    grpcRoutes: port.probes.some(({ kind }) => kind === 'grpc')
      ? [
          [names.callsRoute(spec, port), undefined, 0],
          [names.probeRoute(spec, port), ['/grpc.health.v1.Health/Check'], 1],
        ]
      : [],
  };
}

describe('the policy that is rendered', () => {
  it('lets in exactly the declared clients, what the phase adds, and the probes', () => {
    fc.assert(
      fc.property(anAcceptedSpecInput(), input => {
        const spec = parseMeshedServiceSpec(input);
        const { objects } = renderBundle(spec, defaultPlatform);
        const pod = aPodOf(spec, objects[0]);
        const policies = policiesOf(objects);
        const means = (port: ServicePort) => {
          const policy = inboundPolicy(pod, port.port, policies, settings);
          return {
            server: policy.server.name,
            shadowed: policy.shadowed,
            ignored: policy.ignored,
            clients: policy.authorizations
              .filter(({ kind }) => kind !== 'default')
              .map(({ authentication }) => authentication),
            others: policy.authorizations
              .filter(({ kind }) => kind === 'default')
              .map(({ name }) => name),
            grpcRoutes: policy.routes
              .filter(({ kind }) => kind === 'GRPCRoute')
              .map(({ name, opens, authorizations }) => [
                name,
                opens,
                authorizations.length,
              ]),
          };
        };
        expect(spec.ports.map(means)).toEqual(
          spec.ports.map(port => wanted(spec, port)),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('keeps metrics and probes of the proxy open where the default denies', () => {
    fc.assert(
      fc.property(anAcceptedSpecInput(), input => {
        const spec = parseMeshedServiceSpec({ ...input, phase: 'enforce' });
        const { objects } = renderBundle(spec, defaultPlatform);
        const { server, authorizations, routes, ignored } = inboundPolicy(
          aPodOf(spec, objects[0]),
          proxyPorts.admin,
          policiesOf(objects),
          settings,
        );
        expect({
          server: server.name,
          authorizations,
          ignored,
          routes: routes.map(({ name, opens, authorizations: lets }) => [
            name,
            opens,
            lets.map(({ networks }) => networks.map(({ cidr }) => cidr)),
          ]),
        }).toEqual({
          server: names.proxyAdmin(spec),
          authorizations: [],
          ignored: [],
          routes: [
            [names.proxyMetrics(spec), ['/metrics'], [mesh.clusterNetworks]],
            [
              names.proxyProbes(spec),
              ['/live', '/ready'],
              [mesh.probeNetworks],
            ],
          ],
        });
      }),
      { numRuns: 50 },
    );
  });
});
