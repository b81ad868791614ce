import {
  annotations,
  kinds,
  KubernetesObject,
  ownershipLabels,
} from '@meshway/plugin-meshed-service-common';
import { ObservedKubernetesObject } from '../kubernetes';
import {
  changesBetween,
  changesNotMade,
  fieldsThatDiffer,
} from '../difference';
import { inWritingOrder, isTightened } from './order';
import { holderOf, isOurs, ownershipRecord } from './ownership';
import { classify, Judging } from './retire/classify';
import { capabilityProblems, healthProblem } from './survey/vault';
import { quotaProblems } from './survey/quota';
import { serverProblems } from './survey/server';
import { decidePolicy, decideRole, wantedPolicy } from './vaultRole';

const service = { cluster: 'eu-1', namespace: 'cart', name: 'cart' };
const holder = holderOf({ ...service, owner: 'group:default/shop' });

const anObject = (
  kind: { apiVersion: string; kind: string },
  name: string,
  metadata: Partial<ObservedKubernetesObject['metadata']> = {},
  content: object = {},
): ObservedKubernetesObject => ({
  ...kind,
  metadata: {
    name,
    namespace: 'cart',
    uid: `uid of ${name}`,
    resourceVersion: '7',
    ...metadata,
  },
  ...content,
});
const ours = {
  labels: ownershipLabels({ name: 'cart', environment: 'production' }),
  annotations: ownershipRecord(holder),
};

describe('whose an object is', () => {
  it.each<[string, Record<string, string>, boolean]>([
    ['carries our record', ownershipRecord(holder), true],
    [
      'comes from the repository, without a claim',
      {
        [annotations.owner]: 'group:default/shop',
        [annotations.entityRef]: 'component:default/cart',
      },
      true,
    ],
    [
      'is of another owner',
      {
        ...ownershipRecord(holder),
        [annotations.owner]: 'group:default/checkout',
      },
      false,
    ],
    [
      'is of the same owner, but of another service',
      { ...ownershipRecord(holder), [annotations.claim]: 'eu-1/cart/other' },
      false,
    ],
    ['has an owner only', { [annotations.owner]: 'group:default/shop' }, false],
    ['has nothing', {}, false],
  ])('is seen when it %s', (_, record, expected) => {
    const object = anObject(kinds.Server, 'a', { annotations: record });
    expect(isOurs(object, holder)).toBe(expected);
  });
});

describe('what differs', () => {
  it('is named by its path, and what the server writes plays no part', () => {
    const before = {
      metadata: { uid: 'a', labels: { 'a.b/c': '1' }, generation: 1 },
      spec: { ports: [{ port: 1 }], quota: '1000m', same: true },
      status: { a: 1 },
    };
    const after = {
      metadata: { uid: 'b', labels: { 'a.b/c': '2' }, generation: 2 },
      spec: { ports: [{ port: 2 }], quota: '1', same: true, more: 1 },
      status: { a: 2 },
    };
    expect(fieldsThatDiffer(before, after)).toEqual([
      'metadata.labels["a.b/c"]',
      'spec.more',
      'spec.ports[0].port',
    ]);
    expect(changesBetween(before, after)).toEqual([
      { field: 'metadata.labels["a.b/c"]', from: '"1"', to: '"2"' },
      { field: 'spec.more', to: '1' },
      { field: 'spec.ports[0].port', from: '1', to: '2' },
    ]);
    expect(changesNotMade(before, after)).toEqual([
      { field: 'metadata.labels["a.b/c"]', from: '"2"', to: '"1"' },
      { field: 'spec.ports[0].port', from: '2', to: '1' },
    ]);
    const [{ to }] = changesBetween({}, { text: 'x'.repeat(1000) });
    expect(to).toBe(`"${'x'.repeat(199)}…`);
  });
});

describe('the order of writing', () => {
  it('lets in before it keeps out, and what takes every call before what takes some', () => {
    const entries = [
      anObject(kinds.Server, 'server'),
      anObject(
        kinds.GRPCRoute,
        'probes',
        {},
        { spec: { rules: [{ matches: [] }] } },
      ),
      anObject(kinds.GRPCRoute, 'calls', {}, { spec: { rules: [{}] } }),
      anObject(kinds.AuthorizationPolicy, 'policy'),
      anObject(kinds.MeshTLSAuthentication, 'clients'),
      anObject(kinds.Application, 'application'),
      anObject(kinds.Namespace, 'namespace'),
    ].map(object => ({ object }));
    expect(
      inWritingOrder(entries).map(({ object }) => object.metadata.name),
    ).toEqual([
      'namespace',
      'clients',
      'policy',
      'calls',
      'probes',
      'server',
      'application',
    ]);
  });

  const denying = (policy?: string): KubernetesObject => ({
    ...kinds.Namespace,
    metadata: {
      name: 'cart',
      annotations: policy
        ? { [annotations.linkerdDefaultInboundPolicy]: policy }
        : {},
    },
  });
  it.each<[string | undefined, string, boolean]>([
    ['audit', 'deny', true],
    [undefined, 'deny', true],
    ['deny', 'audit', false],
    ['deny', 'deny', false],
  ])('a namespace from %s to %s becomes stricter: %s', (from, to, expected) => {
    expect(isTightened(denying(from), denying(to))).toBe(expected);
  });
});

describe('what is in a namespace that shall go', () => {
  const judging: Judging = {
    holder,
    application: 'cart.eu-1',
    roots: ['uid of namespace'],
    applicationGone: false,
  };
  const tracked = (id: string) => ({
    annotations: { [annotations.argocdTrackingId]: id },
  });
  const ownedBy = (uid: string) => ({
    ownerReferences: [{ apiVersion: 'v1', kind: 'Any', name: 'any', uid }],
  });
  const objects = [
    anObject(kinds.Server, 'server', ours),
    anObject(
      kinds.Deployment,
      'cart',
      tracked('cart.eu-1:apps/Deployment:cart/cart'),
    ),
    // Its Deployment's labels and annotations are copied onto it.
    anObject({ apiVersion: 'apps/v1', kind: 'ReplicaSet' }, 'rs', {
      ...ours,
      ...ownedBy('uid of cart'),
    }),
    anObject(kinds.Deployment, 'by-hand', ours),
    anObject(kinds.Pod, 'pod', ownedBy('uid of rs')),
    anObject(kinds.Pod, 'orphan', ownedBy('uid of nobody')),
    anObject(kinds.ConfigMap, 'kube-root-ca.crt'),
    anObject(kinds.ServiceAccount, 'default'),
    anObject({ apiVersion: 'v1', kind: 'Endpoints' }, 'cart-endpoints'),
    anObject(kinds.ConfigMap, 'theirs'),
    anObject(
      kinds.ConfigMap,
      'copied',
      tracked('cart.eu-1:/ConfigMap:cart/other'),
    ),
    anObject(
      kinds.ConfigMap,
      'elsewhere',
      tracked('other:/ConfigMap:cart/elsewhere'),
    ),
    anObject(kinds.ServiceAccount, 'unlabelled', {
      annotations: ownershipRecord(holder),
    }),
  ];
  const standings = (change: Partial<Judging> = {}) =>
    Object.fromEntries(
      [...classify(objects, { ...judging, ...change })].map(
        ([uid, standing]) => [uid.replace('uid of ', ''), standing],
      ),
    );

  it('is ours, deployed by Argo CD, made along, made by Kubernetes, or foreign', () => {
    expect(standings()).toEqual({
      server: 'ours',
      cart: 'deployed',
      'by-hand': 'foreign',
      rs: 'dependent',
      pod: 'dependent',
      orphan: 'foreign',
      'kube-root-ca.crt': 'kubernetes',
      default: 'kubernetes',
      'cart-endpoints': 'kubernetes',
      theirs: 'foreign',
      copied: 'foreign',
      elsewhere: 'foreign',
      unlabelled: 'foreign',
    });
  });

  it('has been left on purpose when Argo CD is gone and it is still there', () => {
    expect(standings({ applicationGone: true })).toMatchObject({
      server: 'ours',
      cart: 'foreign',
      rs: 'foreign',
    });
  });
});

describe('a role in Vault', () => {
  const role = {
    boundServiceAccountNames: ['cart'],
    boundServiceAccountNamespaces: ['cart'],
    audience: 'vault',
    tokenPolicies: ['meshway.eu-1'],
    tokenTtlSeconds: 3600,
    tokenMaxTtlSeconds: 3600,
    aliasNameSource: 'serviceaccount_uid',
  } as const;
  const wanted = {
    ref: { ...kinds.VaultRole, name: 'kubernetes/meshway.eu-1.cart.cart' },
    mount: 'kubernetes',
    name: 'meshway.eu-1.cart.cart',
    role,
  };

  it('is ours when it lets in exactly our account', () => {
    expect([
      decideRole(wanted, undefined, service),
      decideRole(wanted, role, service),
      decideRole(wanted, { ...role, tokenPolicies: ['root'] }, service),
      decideRole(
        wanted,
        { ...role, boundServiceAccountNames: ['cart', 'intruder'] },
        service,
      ),
      decideRole(
        wanted,
        { ...role, boundServiceAccountNamespaces: ['*'] },
        service,
      ),
    ]).toEqual([
      { action: 'create' },
      { action: 'unchanged' },
      {
        action: 'change',
        fields: ['tokenPolicies[0]'],
        changes: [
          {
            field: 'tokenPolicies[0]',
            from: '"root"',
            to: JSON.stringify(role.tokenPolicies[0]),
          },
        ],
      },
      {
        action: 'conflict',
        conflicts: [
          { with: 'somebody who bound it to cart, intruder of cart' },
        ],
      },
      {
        action: 'conflict',
        conflicts: [{ with: 'somebody who bound it to cart of *' }],
      },
    ]);
  });

  it('has a policy that is ours when its first line says so', () => {
    const policy = wantedPolicy(
      {
        ...kinds.VaultPolicy,
        metadata: { name: 'meshway.eu-1.cart.cart' },
        spec: {
          rules: [{ path: 'kv/data/eu-1/cart/cart/*', capabilities: ['read'] }],
        },
      },
      service,
    );
    expect(policy.hcl).toBe(
      '# Managed by Meshway for eu-1/cart/cart.\npath "kv/data/eu-1/cart/cart/*" {\n  capabilities = ["read"]\n}\n',
    );
    expect(
      [undefined, policy.hcl, `${policy.hcl}\n# more`, 'path "*" {}'].map(
        hcl => decidePolicy(policy, hcl, service).action,
      ),
    ).toEqual(['create', 'unchanged', 'change', 'conflict']);
  });

  it('needs every capability, by name', () => {
    expect(
      capabilityProblems(
        ['auth/kubernetes/role/a', 'b'],
        {
          'auth/kubernetes/role/a': ['read', 'create'],
          b: ['root'],
        },
        'https://vault',
      ).map(({ message }) => message),
    ).toEqual([
      'The token for Vault at https://vault may not delete auth/kubernetes/role/a.',
      'The token for Vault at https://vault may not update auth/kubernetes/role/a.',
    ]);
  });

  it.each([
    [{ initialized: true, sealed: false }, undefined],
    [{ initialized: true, sealed: true }, 'vault-sealed'],
    [{ initialized: false, sealed: true }, 'vault-uninitialized'],
  ])('cannot be written in a Vault that is %j', (health, code) => {
    expect(healthProblem(health, 'https://vault')?.code).toBe(code);
  });
});

describe('what a server lacks', () => {
  it.each([
    ['v1.36.3', 0, []],
    ['v1.30.0-eks-1', -60, []],
    ['v1.29.9', 0, ['server-too-old']],
    ['v1.36.3', 61, ['clock-skew']],
    ['v1.20.2', -3600, ['server-too-old', 'clock-skew']],
    ['nonsense', 0, []],
  ])('%s with a clock %d s off', (gitVersion, clockSkewSeconds, codes) => {
    expect(
      serverProblems({ gitVersion, clockSkewSeconds }, 'eu-1').map(
        ({ code }) => code,
      ),
    ).toEqual(codes);
  });
});

describe('a quota of others', () => {
  const quota = (hard: object, used: object) =>
    anObject(
      kinds.ResourceQuota,
      'limits',
      {},
      { spec: { hard }, status: { used } },
    );
  const workload = {
    image: 'x',
    replicas: 3,
    resources: {
      requests: { cpu: '500m', memory: '256Mi' },
      limits: { memory: '512Mi' },
    },
  };
  const servers = [1, 2].map(index => anObject(kinds.Server, `s${index}`));
  it.each<[object, object, string[]]>([
    [{ 'requests.cpu': '1500m' }, {}, []],
    [
      { 'requests.cpu': '1' },
      {},
      [
        'ResourceQuota cart/limits allows 1 of requests.cpu; 0 are used, and 1.5 more are needed.',
      ],
    ],
    // It runs already, so it has its share.
    [{ pods: '3' }, { pods: '3' }, []],
    [
      { 'count/servers.policy.linkerd.io': '2' },
      { 'count/servers.policy.linkerd.io': '1' },
      [
        'ResourceQuota cart/limits allows 2 of count/servers.policy.linkerd.io; 1 are used, and 2 more are needed.',
      ],
    ],
  ])('with %j of which %j is used', (hard, used, messages) => {
    expect(
      quotaProblems(
        [quota(hard, used)],
        servers,
        { workload },
        () => false,
      ).map(({ message }) => message),
    ).toEqual(messages);
  });
});
