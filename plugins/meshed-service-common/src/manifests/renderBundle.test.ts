import {
  defaultPlatform,
  formatObjectRef,
  refOf,
  type KubernetesObject,
  type Platform,
} from '../model';
import { phases, protocols } from '../spec';
import { aMeshedServiceSpec } from '../testUtils';
import { renderBundle } from './renderBundle';

const everything = {
  ports: [
    { name: 'http', port: 8080 },
    { name: 'grpc', port: 9090, protocol: 'gRPC', probes: [{ kind: 'grpc' }] },
  ],
  clients: [{ namespace: 'web', serviceAccount: 'frontend' }],
  rateLimit: { total: 5 },
  egress: {},
  quota: { cpu: '2', memory: '2Gi', pods: 5 },
};

function render(
  overrides: Record<string, unknown> = {},
  platform: Platform = defaultPlatform,
): KubernetesObject[] {
  return renderBundle(aMeshedServiceSpec(overrides), platform).objects;
}

const refs = (objects: KubernetesObject[]) =>
  objects.map(object => formatObjectRef(refOf(object)));

function find(objects: KubernetesObject[], kind: string, name?: string) {
  return objects.find(
    object => object.kind === kind && (!name || object.metadata.name === name),
  );
}

const kindsOf = (objects: KubernetesObject[]) =>
  new Set(objects.map(({ kind }) => kind));

describe('renderBundle', () => {
  it('renders a plain HTTP service, in order', () => {
    expect(
      refs(
        render({ clients: [{ namespace: 'web', serviceAccount: 'frontend' }] }),
      ),
    ).toEqual([
      'Namespace payments-api',
      'ServiceAccount payments-api/payments-api',
      'Role payments-api/payments-api-owners',
      'RoleBinding payments-api/payments-api-owners',
      'NetworkPolicy payments-api/payments-api-mesh',
      'NetworkPolicy payments-api/payments-api-ports',
      'Server payments-api/payments-api.http',
      'MeshTLSAuthentication payments-api/payments-api-clients',
      'AuthorizationPolicy payments-api/payments-api.http-clients',
      'ArgoRegistration payments-api/payments-api.local',
    ]);
  });

  it('renders everything that can be asked for, in order', () => {
    expect(
      refs(
        render(
          {
            ...everything,
            phase: 'enforce',
            secrets: { delivery: 'vso', paths: ['database'] },
            delivery: { mode: 'apply' },
          },
          {
            ...defaultPlatform,
            vault: { ...defaultPlatform.vault, policyPerService: true },
          },
        ),
      ),
    ).toEqual([
      'Namespace payments-api',
      'ServiceAccount payments-api/payments-api',
      'Role payments-api/payments-api-owners',
      'RoleBinding payments-api/payments-api-owners',
      'ResourceQuota payments-api/payments-api-quota',
      'LimitRange payments-api/payments-api-limits',
      'NetworkPolicy payments-api/payments-api-mesh',
      'NetworkPolicy payments-api/payments-api-egress',
      'Server payments-api/payments-api.http',
      'Server payments-api/payments-api.grpc',
      'MeshTLSAuthentication payments-api/payments-api-clients',
      'AuthorizationPolicy payments-api/payments-api.http-clients',
      'AuthorizationPolicy payments-api/payments-api.grpc-clients',
      'NetworkAuthentication payments-api/payments-api-probes',
      'GRPCRoute payments-api/payments-api.grpc-probes',
      'GRPCRoute payments-api/payments-api.grpc-calls',
      'AuthorizationPolicy payments-api/payments-api.grpc-probes',
      'Server payments-api/payments-api-proxy-admin',
      'NetworkAuthentication payments-api/payments-api-proxy-metrics',
      'HTTPRoute payments-api/payments-api-proxy-probes',
      'HTTPRoute payments-api/payments-api-proxy-metrics',
      'AuthorizationPolicy payments-api/payments-api-proxy-probes',
      'AuthorizationPolicy payments-api/payments-api-proxy-metrics',
      'HTTPLocalRateLimitPolicy payments-api/payments-api.http-rate-limit',
      'EgressNetwork payments-api/payments-api-egress',
      'VaultAuth payments-api/payments-api-vault',
      'VaultStaticSecret payments-api/payments-api.database',
      'VaultRole payments-api/meshway.local.payments-api.payments-api',
      'VaultPolicy payments-api/meshway.local.payments-api.payments-api',
      'Application argocd/payments-api.local',
    ]);
  });

  it.each([
    ['observe', 'all-unauthenticated'],
    ['audit', 'audit'],
    ['enforce', 'deny'],
  ])(
    'makes %s a policy of %s, on every Server and as default',
    (phase, policy) => {
      const objects = render({ ...everything, phase });
      const servers = objects.filter(({ kind }) => kind === 'Server');
      expect([
        find(objects, 'Namespace')?.metadata.annotations?.[
          'config.linkerd.io/default-inbound-policy'
        ],
        ...servers.map(
          ({ spec }) => (spec as { accessPolicy: string }).accessPolicy,
        ),
      ]).toEqual(Array(servers.length + 1).fill(policy));
    },
  );

  it('keeps the authorizations in every phase', () => {
    const authorized = phases.map(phase =>
      refs(render({ ...everything, phase })).filter(ref =>
        ref.startsWith('AuthorizationPolicy payments-api/payments-api.'),
      ),
    );
    expect(authorized).toEqual(Array(3).fill(authorized[0]));
    expect(authorized[0]).toHaveLength(3);
  });

  it.each(protocols)('hands protocol %s to Linkerd as it is', protocol => {
    const objects = render({ ports: [{ name: 'main', port: 7000, protocol }] });
    expect(find(objects, 'Server')?.spec).toEqual({
      podSelector: {
        matchLabels: { 'app.kubernetes.io/name': 'payments-api' },
      },
      port: 'main',
      proxyProtocol: protocol,
      accessPolicy: 'audit',
    });
  });

  it('never authorizes anybody where nobody is declared', () => {
    const objects = render();
    expect(kindsOf(objects)).not.toContain('AuthorizationPolicy');
    expect(kindsOf(objects)).not.toContain('MeshTLSAuthentication');
  });

  it("lets a port's own clients replace those of the service", () => {
    const objects = render({
      clients: [{ namespace: 'web', serviceAccount: 'frontend' }],
      ports: [
        { name: 'http', port: 1 },
        { name: 'admin', port: 2, clients: [{ namespace: 'ops' }] },
        { name: 'closed', port: 3, clients: [] },
      ],
    });
    const policies = objects.filter(
      ({ kind }) => kind === 'AuthorizationPolicy',
    );
    expect([
      find(objects, 'MeshTLSAuthentication', 'payments-api-clients')?.spec,
      find(objects, 'MeshTLSAuthentication', 'payments-api.admin-clients')
        ?.spec,
      policies.map(({ spec }) => spec),
    ]).toEqual([
      {
        identityRefs: [
          { kind: 'ServiceAccount', name: 'frontend', namespace: 'web' },
        ],
      },
      { identityRefs: [{ kind: 'Namespace', name: 'ops' }] },
      [
        ['http', 'payments-api-clients'],
        ['admin', 'payments-api.admin-clients'],
      ].map(([port, clients]) => ({
        targetRef: {
          group: 'policy.linkerd.io',
          kind: 'Server',
          name: `payments-api.${port}`,
        },
        requiredAuthenticationRefs: [
          {
            group: 'policy.linkerd.io',
            kind: 'MeshTLSAuthentication',
            name: clients,
          },
        ],
      })),
    ]);
  });

  it('leaves http probes to the controller: a route would take its own away', () => {
    const objects = render({
      ports: [{ name: 'http', port: 1, probes: [{ kind: 'http', path: '/' }] }],
    });
    expect(kindsOf(objects)).not.toContain('HTTPRoute');
    expect(kindsOf(objects)).not.toContain('NetworkAuthentication');
  });

  it('opens the health check of a gRPC port, and keeps a route for all other calls', () => {
    const objects = render(everything);
    const parentRefs = [
      { group: 'policy.linkerd.io', kind: 'Server', name: 'payments-api.grpc' },
    ];
    expect([
      find(objects, 'GRPCRoute', 'payments-api.grpc-probes')?.spec,
      find(objects, 'GRPCRoute', 'payments-api.grpc-calls')?.spec,
      find(objects, 'AuthorizationPolicy', 'payments-api.grpc-probes')?.spec,
      find(objects, 'NetworkAuthentication')?.spec,
    ]).toEqual([
      {
        parentRefs,
        rules: [
          {
            matches: [
              {
                method: {
                  type: 'Exact',
                  service: 'grpc.health.v1.Health',
                  method: 'Check',
                },
              },
            ],
          },
        ],
      },
      { parentRefs, rules: [{}] },
      {
        targetRef: {
          group: 'gateway.networking.k8s.io',
          kind: 'GRPCRoute',
          name: 'payments-api.grpc-probes',
        },
        requiredAuthenticationRefs: [
          {
            group: 'policy.linkerd.io',
            kind: 'NetworkAuthentication',
            name: 'payments-api-probes',
          },
        ],
      },
      { networks: [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }] },
    ]);
  });

  it('lets a meshed Prometheus in by its identity', () => {
    const objects = render(
      { phase: 'enforce' },
      {
        ...defaultPlatform,
        prometheus: { namespace: 'monitoring', serviceAccount: 'prometheus' },
      },
    );
    expect(
      find(objects, 'MeshTLSAuthentication', 'payments-api-proxy-metrics')
        ?.spec,
    ).toEqual({
      identityRefs: [
        { kind: 'ServiceAccount', name: 'prometheus', namespace: 'monitoring' },
      ],
    });
  });

  it.each([
    [true, 'restricted'],
    [false, 'privileged'],
  ])('with linkerd-cni %s enforces Pod Security %s', (cni, level) => {
    const objects = render(
      {},
      { ...defaultPlatform, mesh: { ...defaultPlatform.mesh, cni } },
    );
    expect(find(objects, 'Namespace')?.metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': level,
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/audit': 'restricted',
    });
  });

  it('closes the own ports to unmeshed clients in enforce, and the mesh ports never', () => {
    const policies = (phase: string) =>
      render({ phase })
        .filter(({ kind }) => kind === 'NetworkPolicy')
        .map(({ spec }) => (spec as { ingress: unknown }).ingress);
    const ports = (...numbers: number[]) => [
      { ports: numbers.map(port => ({ port, protocol: 'TCP' })) },
    ];
    expect([policies('audit'), policies('enforce')]).toEqual([
      [ports(4143, 4190, 4191), ports(8080)],
      [ports(4143, 4190, 4191)],
    ]);
  });

  it('lets traffic out to DNS, mesh, Vault, calls and the allowed networks only', () => {
    const objects = render({
      calls: [
        { entityRef: 'ledger' },
        { namespace: 'db', service: 'db', port: 5432 },
      ],
      egress: { allow: [{ cidr: '203.0.113.0/24', ports: [443] }] },
    });
    const namespace = (name: string) => ({
      namespaceSelector: {
        matchLabels: { 'kubernetes.io/metadata.name': name },
      },
    });
    const tcp = (...numbers: number[]) =>
      numbers.map(port => ({ port, protocol: 'TCP' }));
    expect(
      (
        find(objects, 'NetworkPolicy', 'payments-api-egress')?.spec as {
          egress: unknown;
        }
      ).egress,
    ).toEqual([
      {
        to: [
          namespace('kube-system'),
          { ipBlock: { cidr: '169.254.20.10/32' } },
        ],
        ports: [{ port: 53, protocol: 'UDP' }, ...tcp(53)],
      },
      { to: [namespace('linkerd')], ports: tcp(8080, 8086, 8090, 4143) },
      { to: [namespace('vault')], ports: tcp(8200, 4143) },
      { to: [{ namespaceSelector: {} }], ports: tcp(4143) },
      { to: [namespace('db')], ports: tcp(4143, 5432) },
      { to: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: tcp(443) },
    ]);
  });

  it('leaves cluster networks and allowed networks out of the EgressNetwork', () => {
    const objects = render({
      egress: { allow: [{ cidr: '203.0.113.0/24', ports: [443] }] },
    });
    expect(find(objects, 'EgressNetwork')?.spec).toEqual({
      trafficPolicy: 'Deny',
      networks: [
        {
          cidr: '0.0.0.0/0',
          except: [
            '10.0.0.0/8',
            '100.64.0.0/10',
            '172.16.0.0/12',
            '192.168.0.0/16',
            '203.0.113.0/24',
          ],
        },
        { cidr: '::/0', except: ['fd00::/8'] },
      ],
    });
  });

  it('gives a user who owns the service the role as a user', () => {
    expect(
      find(render({ owner: 'user:jane' }), 'RoleBinding')?.subjects,
    ).toEqual([
      {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'User',
        name: 'user:default/jane',
      },
    ]);
  });

  it('lets nobody read Secrets', () => {
    const rules = find(render(), 'Role')?.rules as Array<{
      resources: string[];
      verbs: string[];
    }>;
    expect(rules.flatMap(({ resources }) => resources)).not.toContain(
      'secrets',
    );
    expect(rules.flatMap(({ verbs }) => verbs)).not.toContain('*');
  });
});
