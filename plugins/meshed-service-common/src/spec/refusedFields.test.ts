import { problemsWith, type Refusal } from '../testUtils';

const http = { name: 'http', port: 8080 };
const grpc = { name: 'grpc', port: 9090, protocol: 'gRPC' };

const refusals: Refusal[] = [
  [
    'a reserved name',
    { name: 'kube-dns' },
    'name: "kube-dns" is reserved for Kubernetes; choose another name',
  ],
  [
    'the name of the mesh',
    { name: 'linkerd-viz' },
    'name: "linkerd-viz" is reserved for Linkerd; choose another name',
  ],
  [
    'a namespace of the platform',
    { namespace: 'argocd' },
    'namespace: "argocd" is reserved for Argo CD; choose another name',
  ],
  [
    'an upper-case name',
    { name: 'Payments' },
    'name: "Payments" is not possible here; write lower-case letters, digits and single dashes, starting with a letter and not ending with a dash',
  ],
  [
    'a name with two dashes',
    { name: 'pay--ments' },
    /^name: "pay--ments" is not possible here/,
  ],
  [
    'a name that starts with a digit',
    { name: '1e3' },
    /^name: "1e3" is not possible here/,
  ],
  [
    'a name with a line break',
    { name: 'a\nb' },
    /^name: "a\\u000ab" is not possible here/,
  ],
  [
    'a name with a hidden character',
    { name: 'a\u202eb' },
    /^name: "a\\u202eb" is not possible here/,
  ],
  [
    'a very long name',
    { name: 'a'.repeat(10_000) },
    'name: is longer than 63 characters',
  ],
  [
    'a name without room for its pods',
    { name: 'a'.repeat(60) },
    /^name: is too long: the Deployment made from it has 60 characters, and 46 fit .*Shorten it by 14\.$/,
  ],
  [
    'a name without room for its application',
    { name: 'a'.repeat(40), namespace: 'b'.repeat(40) },
    /^name: is too long: the Argo CD application made from it has 87 characters.*Shorten it by 24\.$/,
  ],
  ['an empty name', { name: '' }, /^name: "" is not possible here/],
  [
    'a name that is a number',
    { name: 5 },
    'name: must be text, not a number; put it in quotes',
  ],
  [
    'an owner that is a component',
    { owner: 'component:default/a' },
    'owner: "component:default/a" is not a group or a user',
  ],
  [
    'an owner that is no reference',
    { owner: 'a b' },
    /^owner: "group:default\/a b" is not possible here; write a full entity reference/,
  ],
  [
    'a system that is a group',
    { system: 'group:default/a' },
    'system: "group:default/a" is not a system',
  ],
  [
    'a system too long for a label',
    { system: 'a'.repeat(64) },
    /^system: .*write a full entity reference/,
  ],
  [
    'a description of two lines',
    { description: 'a\nb' },
    'description: must be one line of text',
  ],
  [
    'half of a character',
    { description: '\ud800' },
    'description: is not well-formed Unicode text',
  ],
  [
    'an unknown phase',
    { phase: 'strict' },
    'phase: must be one of observe, audit, enforce; it is "strict"',
  ],
  [
    'a phase that is a list',
    { phase: [] },
    'phase: must be one of observe, audit, enforce; it is a list',
  ],
  [
    'an unknown field',
    { replicas: 2 },
    'replicas: is not a field of a meshed service; remove it',
  ],
  [
    'an unknown field deep inside',
    { ports: [{ ...http, targetPort: 1 }] },
    'ports[0].targetPort: is not a field of a meshed service; remove it',
  ],
  [
    'a field that is a prototype',
    JSON.parse('{"__proto__": {"phase": "observe"}}'),
    '__proto__: is not a field of a meshed service; remove it',
  ],
  ['ports that are text', { ports: '8080' }, 'ports: must be a list, not text'],
  [
    'a port that is a list',
    { ports: [[]] },
    'ports[0]: must be an object, not a list',
  ],
  [
    'a workload that is missing',
    { workload: undefined },
    'workload: is required',
  ],
  [
    'port 0',
    { ports: [{ name: 'http', port: 0 }] },
    'ports[0].port: must be at least 1',
  ],
  [
    'port 65536',
    { ports: [{ name: 'http', port: 65536 }] },
    'ports[0].port: must be at most 65535',
  ],
  [
    'half a port',
    { ports: [{ name: 'http', port: 80.5 }] },
    'ports[0].port: must be a whole number, not a fraction',
  ],
  [
    'a port that is no number',
    { ports: [{ name: 'http', port: NaN }] },
    'ports[0].port: must be a number, not NaN',
  ],
  [
    'a port of the proxy',
    { ports: [{ name: 'http', port: 4143 }] },
    'ports[0].port: 4143 belongs to the proxy; choose another port',
  ],
  [
    "a port with the proxy's name",
    { ports: [{ name: 'linkerd-admin', port: 80 }] },
    `ports[0].name: "linkerd-admin" is the proxy's own; choose another name`,
  ],
  [
    'a port name without a letter',
    { ports: [{ name: '8080', port: 80 }] },
    /^ports\[0\]\.name: "8080" is not possible here/,
  ],
  [
    'a port name of 16 characters',
    { ports: [{ name: 'a'.repeat(16), port: 80 }] },
    'ports[0].name: is longer than 15 characters',
  ],
  [
    'two ports of one name',
    { ports: [http, { name: 'http', port: 81 }] },
    'ports[1].name: "http" is the name of an earlier port, too',
  ],
  [
    'two ports of one number',
    { ports: [http, { name: 'web', port: 8080 }] },
    'ports[1].port: 8080 is the number of an earlier port, too',
  ],
  [
    'an unknown protocol',
    { ports: [{ ...http, protocol: 'HTTP/3' }] },
    'ports[0].protocol: must be one of HTTP/1, HTTP/2, gRPC, opaque, TLS, unknown; it is "HTTP/3"',
  ],
  [
    'an http probe on a gRPC port',
    { ports: [{ ...grpc, probes: [{ kind: 'http', path: '/' }] }] },
    'ports[0].probes[0].kind: an http probe cannot pass the proxy on a port that speaks gRPC; use grpc',
  ],
  [
    'a grpc probe on an HTTP port',
    { ports: [{ ...http, probes: [{ kind: 'grpc' }] }] },
    'ports[0].probes[0].kind: a grpc probe needs a port with protocol gRPC; this one has HTTP/1',
  ],
  [
    'an unknown probe',
    { ports: [{ ...http, probes: [{ kind: 'exec' }] }] },
    /^ports\[0\]\.probes\[0\]\.kind: must be one of http, grpc, tcp/,
  ],
  [
    'a probe path that climbs',
    { ports: [{ ...http, probes: [{ kind: 'http', path: '/../x' }] }] },
    /^ports\[0\]\.probes\[0\]\.path: "\/\.\.\/x" is not possible here/,
  ],
  [
    'a probe path that is a host',
    { ports: [{ ...http, probes: [{ kind: 'http', path: '//x' }] }] },
    /^ports\[0\]\.probes\[0\]\.path: "\/\/x" is not possible here/,
  ],
  [
    'seventeen ports',
    {
      ports: Array.from({ length: 17 }, (_, i) => ({
        name: `p${i}`,
        port: i + 1,
      })),
    },
    'ports: holds more than 16 entries',
  ],
];

describe('a request, field by field,', () => {
  it.each(refusals)('refuses %s', (_, overrides, expected) => {
    expect(problemsWith(overrides, expected)).toEqual([expected]);
  });
});
