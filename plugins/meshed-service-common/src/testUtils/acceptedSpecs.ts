import * as fc from 'fast-check';
import {
  bounds,
  environments,
  lifecycles,
  patterns,
  phases,
  protocols,
  type Protocol,
} from '@meshway/plugin-meshed-service-common';
import { aHostileText } from './hostileValues';

/** Words that are names, but that YAML might take for something else. */
const aLabel = (maxLength: number) =>
  fc.oneof(
    fc.constantFrom('no', 'on', 'y', 'null', 'true', 'e1', 'a', 'cart'),
    fc
      .tuple(
        fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'),
        fc.string({
          unit: fc.constantFrom(...'abcxyz0189'),
          maxLength: maxLength - 1,
        }),
      )
      .map(([first, rest]) => first + rest),
  );

/** A name that is free to take: no reserved word has a digit after this letter. */
const aServiceName = () => aLabel(12).map(label => `s${label}`);

const aNamespace = () =>
  fc.oneof(
    aLabel(20),
    fc.constantFrom('0', '007', '1e3', '12-30', '0x10', 'team--a'),
  );

const aServiceAccount = () =>
  fc.oneof(aLabel(20), fc.constantFrom('1.0', 'build.bot', '0'));

const aClient = () =>
  fc.oneof(
    fc.record({ namespace: aNamespace() }),
    fc.record({ namespace: aNamespace(), serviceAccount: aServiceAccount() }),
  );

const clientKey = (client: { namespace: string; serviceAccount?: string }) =>
  `${client.namespace}/${client.serviceAccount ?? ''}`;

const someClients = () =>
  fc.uniqueArray(aClient(), { maxLength: 4, selector: clientKey });

const aPortName = () =>
  fc.oneof(
    fc.constantFrom(
      'http',
      'grpc',
      'no',
      '1e3',
      '8a',
      'y',
      'on',
      'http-probes',
    ),
    aLabel(15),
  );

const aProbeFor = (protocol: Protocol) => {
  const tcp = fc.constant<object>({ kind: 'tcp' });
  if (protocol === 'gRPC')
    return fc.oneof(
      tcp,
      fc.constant<object>({ kind: 'grpc' }),
      fc.constant<object>({ kind: 'grpc', service: 'shop.v1.Cart' }),
    );
  if (protocol === 'opaque' || protocol === 'TLS') return tcp;
  return fc.oneof(
    tcp,
    fc.constantFrom<object>(
      { kind: 'http', path: '/' },
      { kind: 'http', path: '/healthz' },
      { kind: 'http', path: "/a'b$%7B:=*,no" },
    ),
  );
};

const aPort = () =>
  fc.constantFrom(...protocols).chain(protocol =>
    fc.record(
      {
        name: aPortName(),
        port: fc.integer({ min: 1, max: 4000 }),
        protocol: fc.constant(protocol),
        clients: someClients(),
        probes: fc.array(aProbeFor(protocol), { maxLength: bounds.probes }),
      },
      { requiredKeys: ['name', 'port', 'protocol'] },
    ),
  );

const somePorts = () =>
  fc.uniqueArray(aPort(), {
    minLength: 1,
    maxLength: 4,
    comparator: (a, b) => a.name === b.name || a.port === b.port,
  });

const someCalls = () =>
  fc.uniqueArray(
    fc.oneof(
      aLabel(20).map(name => ({ entityRef: `component:default/${name}` })),
      fc.record({
        namespace: aNamespace(),
        service: aLabel(20),
        port: fc.integer({ min: 1, max: 65535 }),
      }),
    ),
    { maxLength: 4, selector: call => JSON.stringify(call) },
  );

const someSecrets = () =>
  fc.oneof(
    fc.constant({ delivery: 'none', paths: [] as string[] }),
    fc.record({
      delivery: fc.constantFrom('vso', 'agent'),
      paths: fc.uniqueArray(
        fc.constantFrom('database', 'database/reader', 'no', '1e3', 'a_b/c'),
        { minLength: 1, maxLength: 3 },
      ),
    }),
  );

const anEgress = () =>
  fc.record({
    trafficPolicy: fc.constantFrom('Allow', 'Deny'),
    allow: fc.uniqueArray(
      fc.record({
        cidr: fc.constantFrom(
          '203.0.113.0/24',
          '198.51.100.7/32',
          '2001:db8::/32',
        ),
        ports: fc.uniqueArray(fc.integer({ min: 1, max: 65535 }), {
          minLength: 1,
          maxLength: 3,
        }),
      }),
      { maxLength: 3, selector: ({ cidr }) => cidr },
    ),
  });

const aRateLimit = () =>
  fc.record({
    total: fc.constant(1000),
    perClient: fc.integer({ min: 1, max: 1000 }),
    overrides: fc.array(
      fc.record({
        requestsPerSecond: fc.integer({ min: 1, max: 1000 }),
        clients: fc.array(
          fc.record({
            namespace: aNamespace(),
            serviceAccount: aServiceAccount(),
          }),
          { minLength: 1, maxLength: 2 },
        ),
      }),
      { maxLength: 2 },
    ),
  });

/** One line of anything that a description may hold, hostile in every way but the refused ones. */
const aDescription = () =>
  fc
    .oneof(aHostileText(), fc.string({ unit: 'grapheme', maxLength: 100 }))
    .filter(
      text =>
        text.length <= bounds.description &&
        patterns.oneLine.expression.test(text) &&
        !/\p{Surrogate}/u.test(text),
    );

/** Anything that `parseMeshedServiceSpec` accepts: every phase, protocol, delivery and secret mode. @public */
export const anAcceptedSpecInput = (): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .record(
      {
        name: aServiceName(),
        owner: fc.constantFrom('group:default/payments', 'user:default/jane'),
        system: fc.constantFrom(
          'shop',
          'system:default/no',
          'system:default/1e3',
        ),
        description: aDescription(),
        lifecycle: fc.constantFrom(...lifecycles),
        environment: fc.constantFrom(...environments),
        cluster: fc.constantFrom('local', 'eu-1', 'no', 'on'),
        namespace: aLabel(8).map(label => `n${label}`),
        workload: fc.record({
          image: fc.constantFrom(
            'ghcr.io/acme/payments-api:1.4.2',
            'localhost:5000/a:1e3',
            'a',
            `a@sha256:${'0'.repeat(64)}`,
          ),
          replicas: fc.integer({ min: 0, max: 100 }),
        }),
        ports: somePorts(),
        clients: someClients(),
        calls: someCalls(),
        phase: fc.constantFrom(...phases),
        rateLimit: aRateLimit(),
        egress: anEgress(),
        secrets: someSecrets(),
        delivery: fc.record({
          mode: fc.constantFrom('gitops', 'apply'),
          path: fc.constantFrom('manifests', 'deploy/1e3', 'no'),
          revision: fc.constantFrom('main', '1.0', 'no'),
          project: fc.constantFrom('payments', 'no'),
        }),
        quota: fc.constant({ cpu: '100', memory: '100Gi', pods: 1000 }),
      },
      { requiredKeys: ['name', 'owner', 'cluster', 'workload', 'ports'] },
    )
    .map(input =>
      input.ports.some(({ protocol }) =>
        ['HTTP/1', 'HTTP/2', 'unknown'].includes(protocol),
      )
        ? input
        : { ...input, rateLimit: undefined },
    );
