import * as fc from 'fast-check';
import { join } from 'node:path';
import type { KubernetesObject } from '../../model';
import { readDocuments, recordedFolders } from './__testUtils__/recordings';
import { inboundPolicy, readLinkerdObjects } from './index';

const settings = {
  ...{ controlPlaneNamespace: 'linkerd', trustDomain: 'cluster.local' },
  clusterNetworks: ['10.0.0.0/8'],
  probeNetworks: ['0.0.0.0/0', '::/0'],
};

const scenarios = recordedFolders({
  folder:
    'plugins/meshed-service-common/src/mesh/linkerd/__fixtures__/scenarios',
}).folders.map(folder => readDocuments(join(folder, 'objects.yaml')));

/** @returns the policies of every workload, on every port that anybody names. */
function policiesIn(objects: readonly KubernetesObject[]) {
  const { pods, externalWorkloads, index } = readLinkerdObjects(objects);
  return [...pods, ...externalWorkloads].flatMap(workload =>
    [80, 3306, 4191, 7000, 8080, 8081].map(port =>
      inboundPolicy(workload, port, index, settings),
    ),
  );
}

const versionOf = {
  ...{ Pod: 'v1', ExternalWorkload: 'workload.linkerd.io/v1beta1' },
  ...{ Server: 'policy.linkerd.io/v1beta3' },
  AuthorizationPolicy: 'policy.linkerd.io/v1alpha1',
  ServerAuthorization: 'policy.linkerd.io/v1beta1',
  MeshTLSAuthentication: 'policy.linkerd.io/v1alpha1',
  NetworkAuthentication: 'policy.linkerd.io/v1alpha1',
  HTTPLocalRateLimitPolicy: 'policy.linkerd.io/v1alpha1',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  GRPCRoute: 'gateway.networking.k8s.io/v1',
};

const fields = [
  ...['podSelector', 'externalWorkloadSelector', 'matchLabels', 'port'],
  ...['matchExpressions', 'values', 'proxyProtocol', 'accessPolicy', 'path'],
  ...['targetRef', 'requiredAuthenticationRefs', 'kind', 'name', 'group'],
  ...['namespace', 'server', 'client', 'meshTLS', 'identities', 'networks'],
  ...['identityRefs', 'cidr', 'except', 'parentRefs', 'rules', 'matches'],
  ...['filters', 'hostnames', 'containers', 'ports', 'httpGet', 'value'],
  ...['overrides', 'clientRefs', 'total', '__proto__', 'constructor'],
];
const { value: anyValue } = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, 0, -1, 8080, 70000, 1.5, NaN),
    fc.constantFrom('', 'web', '*', '../..', 'a\n---\nb', '🙂', '${{ x }}'),
    fc.string(),
    fc.constant('x'.repeat(10_000)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom(...fields), tie('value')), {
        maxLength: 5,
      })
      .map(Object.fromEntries),
  ),
}));

/** An object of a known kind with anything in it, in a namespace of its own or not. */
const anythingElse = fc
  .record({
    kind: fc.constantFrom(
      ...(Object.keys(versionOf) as Array<keyof typeof versionOf>),
    ),
    metadata: fc.oneof(
      anyValue,
      fc.record({
        name: fc.oneof(fc.constant('odd'), anyValue),
        namespace: fc.constantFrom('other', 'shop/', 'Shop', ''),
        labels: anyValue,
        annotations: anyValue,
        creationTimestamp: anyValue,
        generation: anyValue,
      }),
    ),
    spec: anyValue,
    status: anyValue,
  })
  .map(
    each => ({ apiVersion: versionOf[each.kind], ...each } as KubernetesObject),
  );

describe('inbound policies', () => {
  it('are the same, in whichever order objects come', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(...scenarios)
          .chain(objects =>
            fc.tuple(
              fc.constant(objects),
              fc.shuffledSubarray(objects, { minLength: objects.length }),
            ),
          ),
        ([objects, shuffled]) => {
          const inPlace = readLinkerdObjects(objects);
          const moved = readLinkerdObjects(shuffled);
          expect(moved.pods).toHaveLength(inPlace.pods.length);
          expect(policiesIn(shuffled)).toEqual(policiesIn(objects));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are not lost to what nobody can read, and not changed by what another namespace holds', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...scenarios),
        fc.array(anythingElse, { minLength: 1, maxLength: 4 }),
        (objects, odd) => {
          const alone = policiesIn(objects);
          expect(
            policiesIn([...objects, ...odd]).slice(0, alone.length),
          ).toEqual(alone);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('say of an object that cannot be read what is wrong with it', () => {
    const [server] = readDocuments(
      join(
        recordedFolders({
          folder:
            'plugins/meshed-service-common/src/mesh/linkerd/__fixtures__/scenarios',
        }).folders[0],
        'objects.yaml',
      ),
    ).filter(({ kind }) => kind === 'Server');
    const broken = (spec: unknown) =>
      readLinkerdObjects([{ ...server, spec }]).index.policies.refused.map(
        ({ because }) => because,
      );
    expect([
      broken({ ...Object(server.spec), port: 70000 }),
      broken({ ...Object(server.spec), podSelector: { matchLabels: 1 } }),
      broken({ port: 80 }),
      broken(undefined),
      broken({ ...Object(server.spec), proxyProtocol: 'HTTP/3' }),
    ]).toEqual([
      ['spec.port: Number must be less than or equal to 65535'],
      ['spec.podSelector.matchLabels: Expected object, received number'],
      ['it has neither a podSelector nor an externalWorkloadSelector'],
      ['spec.port: Required'],
      [
        "spec.proxyProtocol: Invalid enum value. Expected 'unknown' | 'HTTP/1' | 'HTTP/2' | 'gRPC' | 'opaque' | 'TLS', received 'HTTP/3'",
      ],
    ]);
  });
});
