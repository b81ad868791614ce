import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../model';
import { concernsLinkerd, readLinkerdObjects } from '../mesh';
import { observedKindOf, observeObject } from '../status';
import { shareable } from '.';

const root = resolve(__dirname, '../../../..');

/** Objects as they were seen, made by hand for a claim, or recorded of a real mesh. */
const own = [
  'plugins/meshed-service-common/src/status/checks/__fixtures__',
  'plugins/meshed-service-common/src/mesh/linkerd/__fixtures__',
  'examples',
];
const recorded = [
  '../shared/data/linkerd/scenarios',
  '../shared/data/linkerd/injected-pods',
  '../shared/data/linkerd/proxy',
];

const describeWhereRecorded = recorded.every(place =>
  existsSync(join(root, place)),
)
  ? describe
  : describe.skip;

describe('shareable', () => {
  it.each(own)('changes nothing that is read of the objects of %s', place =>
    expect(readOtherwise(place)).toEqual([]),
  );

  describeWhereRecorded('where real meshes were recorded', () => {
    it.each(recorded)(
      'changes nothing that is read of the objects of %s',
      place => expect(readOtherwise(place)).toEqual([]),
      60_000,
    );
  });

  it('leaves out what may be secret, and whatever nobody has thought of', () => {
    expect(
      shareable({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'web-0',
          namespace: 'pay',
          labels: { 'app.kubernetes.io/name': 'web' },
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': 'secret',
            'linkerd.io/inject': 'enabled',
            'config.linkerd.io/skip-inbound-ports': '25',
            'example.com/token': 'secret',
          },
          managedFields: [{ manager: 'secret' }],
          finalizers: ['example.com/secret'],
        },
        spec: {
          serviceAccountName: 'web',
          imagePullSecrets: [{ name: 'secret' }],
          volumes: [{ name: 'secret', secret: { secretName: 'secret' } }],
          initContainers: [
            {
              name: 'linkerd-init',
              args: [
                ...['--secret', '--inbound-ports-to-ignore', '4190,25'],
                ...['secret', '--subnets-to-ignore', '192.0.2.0/24'],
              ],
            },
          ],
          containers: [
            {
              name: 'linkerd-proxy',
              image: 'linkerd/proxy:edge-26.1.1',
              env: [
                { name: 'LINKERD2_PROXY_LOG', value: 'secret' },
                {
                  name: 'LINKERD2_PROXY_INBOUND_DEFAULT_POLICY',
                  value: 'deny',
                },
              ],
            },
            {
              name: 'web',
              image: 'web:1',
              command: ['secret'],
              args: ['secret'],
              env: [{ name: 'PASSWORD', value: 'secret' }],
              envFrom: [{ secretRef: { name: 'secret' } }],
              ports: [{ name: 'http', containerPort: 8080 }],
              livenessProbe: {
                httpGet: {
                  path: '/live?token=secret',
                  port: 'http',
                  httpHeaders: [{ name: 'Authorization', value: 'secret' }],
                },
              },
              readinessProbe: { exec: { command: ['secret'] } },
            },
          ],
        },
        status: { phase: 'Running', message: 'secret' },
        secret: 'secret',
      }),
    ).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'web-0',
        namespace: 'pay',
        labels: { 'app.kubernetes.io/name': 'web' },
        annotations: {
          'linkerd.io/inject': 'enabled',
          'config.linkerd.io/skip-inbound-ports': '25',
        },
      },
      spec: {
        serviceAccountName: 'web',
        initContainers: [
          {
            name: 'linkerd-init',
            args: [
              ...['--inbound-ports-to-ignore', '4190,25'],
              ...['--subnets-to-ignore', '192.0.2.0/24'],
            ],
          },
        ],
        containers: [
          {
            name: 'linkerd-proxy',
            image: 'linkerd/proxy:edge-26.1.1',
            env: [
              { name: 'LINKERD2_PROXY_INBOUND_DEFAULT_POLICY', value: 'deny' },
            ],
          },
          {
            name: 'web',
            image: 'web:1',
            ports: [{ name: 'http', containerPort: 8080 }],
            livenessProbe: { httpGet: { path: '/live', port: 'http' } },
            readinessProbe: {},
          },
        ],
      },
      status: { phase: 'Running' },
    });
  });

  it('keeps of a ConfigMap what says how the mesh decides, and no key that stands beside it', () => {
    const config = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'linkerd-config', namespace: 'linkerd' },
      data: {
        values: [
          'clusterNetworks: 10.0.0.0/8',
          'identity: {issuer: {tls: {keyPEM: secret}}}',
          'proxy: {defaultInboundPolicy: deny, image: {version: v1, pullPolicy: Always}}',
          'proxyInjector: {keyPEM: secret}',
        ].join('\n'),
        other: 'secret',
      },
    };
    expect(shareable(config)).toEqual({
      ...config,
      data: {
        values: [
          'clusterNetworks: 10.0.0.0/8',
          'proxy:',
          '  defaultInboundPolicy: deny',
          '  image:',
          '    version: v1',
          '',
        ].join('\n'),
      },
    });
  });

  it('keeps nothing but who and where they are of kinds that it does not know, Secrets among them', () => {
    expect(
      shareable({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'token', namespace: 'pay' },
        data: { token: 'secret' },
      }),
    ).toEqual({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'token', namespace: 'pay' },
    });
  });

  it('keeps of what stands in a wrong place no more than what sort of thing it is', () => {
    expect(
      shareable({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'web-0',
          labels: 3 as never,
          annotations: 'secret' as never,
        },
        spec: {
          containers: ['secret', null],
          serviceAccountName: { is: 'secret' },
        },
        status: 'secret',
      }),
    ).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web-0', labels: 3, annotations: '' },
      spec: { containers: ['', null], serviceAccountName: {} },
      status: '',
    });
  });
});

/** @returns the objects of which something else is read once they are shared. */
function readOtherwise(place: string): KubernetesObject[] {
  const objects = objectsBelow(join(root, place)).filter(
    object => observedKindOf(object) ?? concernsLinkerd(object),
  );
  if (objects.length === 0) throw new Error(`${place} holds no objects`);
  return objects.filter(object => {
    const shared = shareable(structuredClone(object));
    return JSON.stringify(read(shared)) !== JSON.stringify(read(object));
  });
}

/** Everything that anybody reads of an object. */
function read(object: KubernetesObject): unknown {
  return JSON.parse(
    JSON.stringify(
      [observeObject(object), readLinkerdObjects([object])],
      (_, value) =>
        value instanceof Map || value instanceof Set ? [...value] : value,
    ),
  );
}

function objectsBelow(folder: string): KubernetesObject[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return objectsBelow(path);
    return /\.ya?ml$/.test(name) ? objectsOf(path) : [];
  });
}

/** Of lists and fixtures, their objects. */
function objectsOf(file: string): KubernetesObject[] {
  return parseAllDocuments(readFileSync(file, 'utf8'), { logLevel: 'silent' })
    .flatMap(document => Object(document.toJS()))
    .flatMap(value => value.items ?? value.objects ?? [value])
    .filter(value => typeof Object(value).kind === 'string');
}
