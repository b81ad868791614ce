import { defaultPlatform, renderBundle } from '../index';
import { aMeshedServiceSpec } from '../testUtils';

/** A request in which every value that a team writes occurs once, so that it can be found again. */
const marked = {
  description: 'zdescription',
  owner: 'group:default/zowner',
  system: 'zsystem',
  cluster: 'zcluster',
  workload: {
    image: 'zimage:1',
    replicas: 77,
    resources: {
      requests: { cpu: '71m', memory: '72Mi' },
      limits: { cpu: '73m', memory: '74Mi' },
    },
  },
  ports: [
    { name: 'zport', port: 7001, probes: [{ kind: 'http', path: '/zprobe' }] },
    {
      name: 'zgrpc',
      port: 7002,
      protocol: 'gRPC',
      probes: [{ kind: 'grpc', service: 'zservice' }],
      clients: [{ namespace: 'zportclient' }],
    },
  ],
  clients: [{ namespace: 'zclient', serviceAccount: 'zaccount' }],
  calls: [
    { entityRef: 'zentity' },
    { namespace: 'zcalled', service: 'zcalledservice', port: 7003 },
  ],
  rateLimit: {
    total: 7006,
    perClient: 7005,
    overrides: [
      {
        requestsPerSecond: 7004,
        clients: [{ namespace: 'zlimited', serviceAccount: 'zlimitedaccount' }],
      },
    ],
  },
  egress: { allow: [{ cidr: '203.0.113.0/24', ports: [7007] }] },
  secrets: { delivery: 'vso', paths: ['zsecret'] },
  delivery: {
    repository: 'zrepository',
    path: 'zpath',
    revision: 'zrevision',
    project: 'zproject',
  },
  quota: { cpu: '79', memory: '79Gi', pods: 78 },
};

/** Every field of an object that holds something: its path with list positions left out, and what it holds. */
function leaves(value: unknown, path = ''): Array<[string, string]> {
  if (Array.isArray(value))
    return value.flatMap(item => leaves(item, `${path}[]`));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, field]) =>
      leaves(field, path ? `${path}.${key}` : key),
    );
  return [[path, String(value)]];
}

const { objects } = renderBundle(aMeshedServiceSpec(marked), defaultPlatform);

/** Labels and annotations of ownership are on every object, and looked at by themselves. */
const placesOf = (marker: string) => [
  ...new Set(
    objects.flatMap(object =>
      leaves(object)
        .filter(([path]) => !/^metadata\.(?:labels|annotations)\./.test(path))
        .filter(([, text]) => text.includes(marker))
        .map(([path]) => `${object.kind} ${path}`),
    ),
  ),
];

const namesOf = (...kinds: string[]) =>
  kinds.map(kind => `${kind} metadata.name`);

describe('a value of a request ends up', () => {
  const nowhere: string[] = [];
  it.each<[string, string[]]>([
    ['zdescription', nowhere],
    ['zimage', nowhere],
    ['77', nowhere],
    ['71m', nowhere],
    ['74Mi', nowhere],
    ['zprobe', nowhere],
    ['zservice', nowhere],
    ['zentity', nowhere],
    ['zcalledservice', nowhere],
    ['zsystem', nowhere],
    ['zowner', ['RoleBinding subjects[].name', 'ArgoRegistration spec.owner']],
    [
      'zcluster',
      [
        'VaultAuth spec.kubernetes.role',
        'VaultStaticSecret spec.path',
        'VaultRole metadata.name',
        'VaultRole spec.tokenPolicies[]',
        'ArgoRegistration metadata.name',
        'ArgoRegistration spec.cluster',
      ],
    ],
    [
      'zport',
      [
        ...namesOf('Server'),
        'Server spec.port',
        'MeshTLSAuthentication spec.identityRefs[].name',
        ...namesOf('AuthorizationPolicy'),
        'AuthorizationPolicy spec.targetRef.name',
        ...namesOf('HTTPLocalRateLimitPolicy'),
        'HTTPLocalRateLimitPolicy spec.targetRef.name',
      ],
    ],
    ['7001', ['NetworkPolicy spec.ingress[].ports[].port']],
    ['zclient', ['MeshTLSAuthentication spec.identityRefs[].namespace']],
    ['zaccount', ['MeshTLSAuthentication spec.identityRefs[].name']],
    ['zportclient', ['MeshTLSAuthentication spec.identityRefs[].name']],
    [
      'zcalled',
      [
        'NetworkPolicy spec.egress[].to[].namespaceSelector.matchLabels.kubernetes.io/metadata.name',
      ],
    ],
    ['7003', ['NetworkPolicy spec.egress[].ports[].port']],
    ['7004', ['HTTPLocalRateLimitPolicy spec.overrides[].requestsPerSecond']],
    ['7005', ['HTTPLocalRateLimitPolicy spec.identity.requestsPerSecond']],
    ['7006', ['HTTPLocalRateLimitPolicy spec.total.requestsPerSecond']],
    [
      'zlimitedaccount',
      ['HTTPLocalRateLimitPolicy spec.overrides[].clientRefs[].name'],
    ],
    [
      '203.0.113.0/24',
      [
        'NetworkPolicy spec.egress[].to[].ipBlock.cidr',
        'EgressNetwork spec.networks[].except[]',
      ],
    ],
    ['7007', ['NetworkPolicy spec.egress[].ports[].port']],
    [
      'zsecret',
      [
        ...namesOf('VaultStaticSecret'),
        'VaultStaticSecret spec.path',
        'VaultStaticSecret spec.destination.name',
      ],
    ],
    [
      'zrepository',
      [
        'ArgoRegistration spec.repository',
        'ArgoRegistration spec.repositoryUrl',
      ],
    ],
    ['zpath', ['ArgoRegistration spec.path']],
    ['zrevision', ['ArgoRegistration spec.revision']],
    ['zproject', ['ArgoRegistration spec.project']],
    ['78', ['ResourceQuota spec.hard.pods']],
    [
      '79Gi',
      [
        'ResourceQuota spec.hard.requests.memory',
        'ResourceQuota spec.hard.limits.memory',
      ],
    ],
  ])('%s: %j', (marker, places) => {
    expect(placesOf(marker)).toEqual(places);
  });

  it('in labels and annotations only where it says to whom an object belongs', () => {
    const tags = new Set(
      objects.flatMap(({ metadata: { labels, annotations } }) =>
        leaves({ ...labels, ...annotations })
          .filter(([, text]) => text.includes('z'))
          .map(([key]) => key),
      ),
    );
    expect([...tags].sort()).toEqual([
      'app.kubernetes.io/part-of',
      'meshway.dev/claim',
      'meshway.dev/owner',
    ]);
  });
});
