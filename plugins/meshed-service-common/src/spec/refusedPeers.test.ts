import { problemsWith, type Refusal } from '../testUtils';

const http = { name: 'http', port: 8080 };
const grpc = { name: 'grpc', port: 9090, protocol: 'gRPC' };
const image = (value: string) => ({ workload: { image: value } });
const egress = (cidr: string) => ({
  egress: { allow: [{ cidr, ports: [443] }] },
});
const twice = (item: unknown) => [item, item];

const refusals: Refusal[] = [
  [
    'a quota below its CPU',
    { quota: { cpu: '199m', memory: '1Gi', pods: 9 } },
    'quota.cpu: is too small for 2 replicas, 50m each and 50m for its proxy',
  ],
  [
    'an exception for nobody',
    {
      ports: [http],
      rateLimit: { overrides: [{ requestsPerSecond: 1, clients: [] }] },
    },
    'rateLimit.overrides[0].clients: names no client',
  ],
  [
    'egress to no port',
    { egress: { allow: [{ cidr: '203.0.113.0/24', ports: [] }] } },
    'egress.allow[0].ports: names no port',
  ],
  [
    'a wildcard account',
    { ports: [http], clients: [{ namespace: 'a', serviceAccount: '*' }] },
    'clients[0].serviceAccount: "*" would let every meshed workload in. Name the ServiceAccount that calls you.',
  ],
  [
    'a wildcard namespace',
    { ports: [http], clients: [{ namespace: '*' }] },
    'clients[0].namespace: "*" would let every meshed workload in. Name the namespace that calls you.',
  ],
  [
    'the shared account',
    {
      ports: [http],
      clients: [{ namespace: 'a', serviceAccount: 'default' }],
    },
    /^clients\[0\]\.serviceAccount: "default" is shared by every workload/,
  ],
  [
    'the shared account of a port',
    {
      ports: [
        { ...http, clients: [{ namespace: 'a', serviceAccount: 'default' }] },
      ],
    },
    /^ports\[0\]\.clients\[0\]\.serviceAccount: "default" is shared/,
  ],
  [
    'a client twice',
    { ports: [http], clients: twice({ namespace: 'a' }) },
    'clients[1]: is listed twice',
  ],
  [
    'clients without a port',
    { clients: [{ namespace: 'a' }] },
    'clients: have no port to call; declare a port, or remove them',
  ],
  [
    'a call of neither form',
    { calls: [{ service: 'a' }] },
    'calls[0]: must be {entityRef} or {namespace, service, port}, with nothing else in it',
  ],
  [
    'a call to port 0',
    { calls: [{ namespace: 'a', service: 'b', port: 0 }] },
    'calls[0].port: must be at least 1',
  ],
  [
    'a call to nobody',
    { calls: [{ entityRef: '' }] },
    /^calls\[0\]\.entityRef: "" is not possible here/,
  ],
  [
    'a call twice',
    { calls: twice({ entityRef: 'ledger' }) },
    'calls[1]: is listed twice',
  ],
  [
    'an image with a space',
    image('a b'),
    /^workload\.image: "a b" is not possible here/,
  ],
  [
    'an image with an upper-case name',
    image('ghcr.io/Acme/a:1'),
    /^workload\.image: /,
  ],
  ['an image with half a digest', image('a@sha256:00'), /^workload\.image: /],
  [
    '101 replicas',
    { workload: { image: 'a', replicas: 101 } },
    'workload.replicas: must be at most 100',
  ],
  [
    'an amount with a leading zero',
    { workload: { image: 'a', resources: { limits: { memory: '0128Mi' } } } },
    /^workload\.resources\.limits\.memory: "0128Mi" is not possible here/,
  ],
  [
    'no CPU at all',
    { workload: { image: 'a', resources: { requests: { cpu: '0.0' } } } },
    /^workload\.resources\.requests\.cpu: "0.0" is not possible here/,
  ],
  [
    'CPU as a number',
    { workload: { image: 'a', resources: { requests: { cpu: 1 } } } },
    'workload.resources.requests.cpu: must be text, not a number; put it in quotes',
  ],
  [
    'more memory than its limit',
    { workload: { image: 'a', resources: { requests: { memory: '1Gi' } } } },
    'workload.resources.requests.memory: must not exceed the limit, which is 256Mi',
  ],
  [
    'more CPU than its limit',
    {
      workload: {
        image: 'a',
        resources: { requests: { cpu: '2' }, limits: { cpu: '500m' } },
      },
    },
    'workload.resources.requests.cpu: must not exceed the limit, which is 500m',
  ],
  [
    'a quota below its replicas',
    { quota: { cpu: '1', memory: '1Gi', pods: 1 } },
    'quota.pods: is too small for 2 replicas, one pod each',
  ],
  [
    'a quota below its memory',
    { quota: { cpu: '1', memory: '1023Mi', pods: 9 } },
    'quota.memory: is too small for 2 replicas, 256Mi each and 256Mi for its proxy',
  ],
  [
    'a rate limit without HTTP',
    { ports: [grpc], rateLimit: { total: 1 } },
    'rateLimit: needs a port with protocol HTTP/1, HTTP/2 or unknown',
  ],
  [
    'a rate limit of nothing',
    { ports: [http], rateLimit: {} },
    'rateLimit: limits nothing; set total, perClient or overrides',
  ],
  [
    'a client limit above the total',
    { ports: [http], rateLimit: { total: 1, perClient: 2 } },
    'rateLimit.perClient: must not exceed total, which is 1',
  ],
  [
    'no network',
    egress('example.com'),
    /^egress\.allow\[0\]\.cidr: "example\.com" is not possible here/,
  ],
  [
    'a network with octal numbers',
    egress('010.0.0.0/8'),
    'egress.allow[0].cidr: is not an IP address followed by a length',
  ],
  [
    'a network with a length of 33',
    egress('10.0.0.0/33'),
    'egress.allow[0].cidr: must have a length of at most 32',
  ],
  [
    'a network that is a host',
    egress('10.0.0.1/8'),
    'egress.allow[0].cidr: names a host; the network has zeros after its first 8 bits',
  ],
  [
    'the whole internet',
    egress('0.0.0.0/0'),
    'egress.allow[0].cidr: is every address there is; set egress.trafficPolicy to Allow instead',
  ],
  [
    'nonsense with colons',
    egress(':::::/8'),
    'egress.allow[0].cidr: is not an IP address followed by a length',
  ],
  [
    'an IPv6 host',
    egress('2001:db8::1/32'),
    'egress.allow[0].cidr: names a host; the network has zeros after its first 32 bits',
  ],
  [
    'secrets without delivery',
    { secrets: { paths: ['a'] } },
    'secrets.delivery: is none, but paths are listed; choose vso or agent',
  ],
  [
    'a delivery without secrets',
    { secrets: { delivery: 'vso' } },
    'secrets.paths: is empty; list the secrets that vso shall deliver',
  ],
  [
    'a secret of somebody else',
    { secrets: { delivery: 'vso', paths: ['../other'] } },
    /^secrets\.paths\[0\]: "\.\.\/other" is not possible here/,
  ],
  [
    'secrets that share a name',
    { secrets: { delivery: 'agent', paths: ['a/b', 'a-b'] } },
    'secrets.paths[1]: "a-b" would get the same Kubernetes Secret as an earlier path',
  ],
  [
    'the default project',
    { delivery: { project: 'default' } },
    'delivery.project: must not be "default", which may deploy anything anywhere; name the project of your team',
  ],
  [
    'the registry as repository',
    { delivery: { repository: 'acme/meshway-registry' } },
    'delivery.repository: "acme/meshway-registry" is reserved for the portal; choose another repository',
  ],
  [
    'a repository that climbs',
    { delivery: { repository: '../x' } },
    /^delivery\.repository: "\.\.\/x" is not possible here/,
  ],
  [
    'a repository that ends like one',
    { delivery: { repository: 'x.git' } },
    /^delivery\.repository: "x\.git" is not possible here/,
  ],
  [
    'a folder that climbs',
    { delivery: { path: 'a/../b' } },
    /^delivery\.path: "a\/\.\.\/b" is not possible here/,
  ],
  [
    'a folder that is a file',
    { delivery: { path: 'Dockerfile/x' } },
    /^delivery\.path: "Dockerfile\/x" has a place of its own/,
  ],
  [
    'a revision that is an option',
    { delivery: { revision: '--upload-pack' } },
    /^delivery\.revision: "--upload-pack" is not possible here/,
  ],
];

describe('a request about others', () => {
  it.each(refusals)('refuses %s', (_, overrides, expected) => {
    expect(problemsWith(overrides, expected)).toEqual([expected]);
  });
});
