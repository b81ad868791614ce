import { defaultPlatform, derivedNames, meshIdentity } from '../model';
import { aMeshedServiceInput, problemsWith } from '../testUtils';
import {
  InvalidSpecError,
  parseMeshedServiceSpec,
  patterns,
  readMeshedServiceSpec,
} from './index';

describe('parseMeshedServiceSpec', () => {
  it('fills in every default', () => {
    expect(parseMeshedServiceSpec(aMeshedServiceInput())).toEqual({
      name: 'payments-api',
      owner: 'group:default/payments',
      description: '',
      lifecycle: 'experimental',
      environment: 'development',
      cluster: 'local',
      namespace: 'payments-api',
      workload: {
        image: 'ghcr.io/acme/payments-api:1.4.2',
        replicas: 2,
        resources: {
          requests: { cpu: '50m', memory: '128Mi' },
          limits: { memory: '256Mi' },
        },
      },
      ports: [],
      clients: [],
      calls: [],
      phase: 'audit',
      secrets: { delivery: 'none', paths: [] },
      delivery: {
        mode: 'gitops',
        repository: 'payments-api',
        path: 'manifests',
        revision: 'main',
        project: 'payments',
      },
    });
  });

  it.each([
    ['payments', 'group:default/payments'],
    ['group:payments', 'group:default/payments'],
    ['Group:Default/Payments', 'group:default/payments'],
    ['user:jane', 'user:default/jane'],
    ['user:people/jane', 'user:people/jane'],
  ])('takes the owner %s for %s', (owner, full) => {
    expect(parseMeshedServiceSpec(aMeshedServiceInput({ owner })).owner).toBe(
      full,
    );
  });

  it('completes the references of system and calls', () => {
    const spec = parseMeshedServiceSpec(
      aMeshedServiceInput({ system: 'shop', calls: [{ entityRef: 'ledger' }] }),
    );
    expect([spec.system, spec.calls]).toEqual([
      'system:default/shop',
      [{ entityRef: 'component:default/ledger' }],
    ]);
  });

  it('names every problem at once, one per line', () => {
    expect(() =>
      parseMeshedServiceSpec(
        aMeshedServiceInput({
          ports: [{ name: 'http', port: 0 }],
          phase: 'off',
        }),
      ),
    ).toThrow(
      new InvalidSpecError([
        { path: 'ports[0].port', message: 'must be at least 1' },
        {
          path: 'phase',
          message: 'must be one of observe, audit, enforce; it is "off"',
        },
      ]),
    );
  });

  it('does not blame fields that nobody wrote', () => {
    expect(readMeshedServiceSpec({ workload: { image: 'a' } })).toEqual({
      problems: [
        { path: 'name', message: 'is required' },
        { path: 'owner', message: 'is required' },
        { path: 'cluster', message: 'is required' },
      ],
    });
  });

  it('counts a list of a million entries instead of reading it', () => {
    const clients = Array(1_000_000).fill({ namespace: '*' });
    expect(
      problemsWith({ ports: [{ name: 'http', port: 1 }], clients }),
    ).toEqual(['clients: holds more than 64 entries']);
  });

  it('stops listing after fifty problems', () => {
    const unknown = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [`field${index}`, 1]),
    );
    const result = readMeshedServiceSpec(aMeshedServiceInput(unknown));
    const { message } = new InvalidSpecError(
      'problems' in result ? result.problems : [],
    );
    expect(message.split('\n')).toHaveLength(51);
    expect(message).toMatch(/… and 4950 more problems$/);
  });
});

describe('a request is refused', () => {
  it.each([
    [null, 'null'],
    [undefined, 'undefined'],
    [[], 'a list'],
    ['name: a', '"name: a"'],
    [10n, '10'],
    [NaN, 'NaN'],
  ])('that is %p', (input, shown) => {
    expect(readMeshedServiceSpec(input)).toEqual({
      problems: [{ path: '', message: `A service is an object, not ${shown}` }],
    });
  });

  it('that is nested a hundred thousand times', () => {
    let value: unknown = 'a';
    for (let depth = 0; depth < 100_000; depth++) value = [value];
    expect(problemsWith({ name: value })).toEqual([
      'name: must be text, not a list',
    ]);
  });
});

describe('a request is taken', () => {
  it.each([
    'ghcr.io/acme/a:1.4.2',
    'localhost:5000/a',
    'registry.acme.example:8443/team/a__b/c--d:1e3',
    `my--image@sha256:${'a'.repeat(64)}`,
    `a:1@sha256:${'0'.repeat(64)}`,
  ])('with the image %s', image => {
    expect(problemsWith({ workload: { image } })).toEqual([]);
  });

  it.each(['203.0.113.0/24', '198.51.100.7/32', '2001:db8::/32', '::1/128'])(
    'with egress to %s',
    cidr => {
      expect(
        problemsWith({ egress: { allow: [{ cidr, ports: [443] }] } }),
      ).toEqual([]);
    },
  );

  it.each(['no', 'on', 'null', 'true'])(
    'with a name that YAML knows: %s',
    name => {
      expect(problemsWith({ name })).toEqual([]);
    },
  );

  it('with the longest name that every derived name has room for', () => {
    const longest = parseMeshedServiceSpec(
      aMeshedServiceInput({ name: 'a'.repeat(46) }),
    );
    const identity = meshIdentity(
      { namespace: longest.namespace, serviceAccount: longest.name },
      defaultPlatform.mesh,
    );
    for (const { value, limit } of derivedNames(longest, identity))
      expect(value.length).toBeLessThanOrEqual(limit);
  });
});

describe('patterns', () => {
  it('judge hostile text in no time', () => {
    const texts = ['a', '-', 'a-', 'a.', 'a/', '0', ':', '%2', '_', '/a'].map(
      part => `${part.repeat(5000)}!`,
    );
    const started = process.hrtime.bigint();
    for (const { expression } of Object.values(patterns))
      for (const text of texts) expression.test(text.slice(0, 500));
    const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
    // Exponential backtracking would take longer than anybody waits.
    expect(milliseconds).toBeLessThan(60_000);
  });
});
