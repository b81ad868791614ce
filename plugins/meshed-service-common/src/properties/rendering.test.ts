import * as fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
import {
  bundleFiles,
  defaultPlatform,
  formatObjectRef,
  parseMeshedServiceSpec,
  readMeshedServiceSpec,
  readStamp,
  refOf,
  renderBundle,
  stampOf,
  toYaml,
  verifyStamp,
  writeStamp,
} from '../index';
import {
  aHostileText,
  aHostileValue,
  aMeshedServiceInput,
  anAcceptedSpecInput,
} from '../testUtils';

const versions = ['1.1', '1.2'] as const;
const platforms = [
  defaultPlatform,
  {
    ...defaultPlatform,
    mesh: { ...defaultPlatform.mesh, cni: false },
    vault: { ...defaultPlatform.vault, policyPerService: true },
    prometheus: { namespace: 'monitoring', serviceAccount: 'prometheus' },
  },
];
const aPlatform = () => fc.constantFrom(...platforms);

/** As JSON sees it: what a reader gets back. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

/** The same value with the keys of every object the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, field]) => [key, reversed(field)]),
  );
}

/** Fields as pairs: a comparison of objects would overlook an own `__proto__`. */
const entries = (value: object) => new Map(Object.entries(value));

function filesOf(input: unknown, platform = defaultPlatform) {
  const spec = parseMeshedServiceSpec(input);
  return bundleFiles(spec, renderBundle(spec, platform));
}

describe('from an accepted request to files', () => {
  it('renders every accepted request', () => {
    fc.assert(
      fc.property(anAcceptedSpecInput(), aPlatform(), (input, platform) => {
        const spec = parseMeshedServiceSpec(input);
        const { objects } = renderBundle(spec, platform);
        const refs = objects.map(object => formatObjectRef(refOf(object)));
        expect(new Set(refs).size).toBe(refs.length);
      }),
    );
  });

  it('names everything as Kubernetes takes it', () => {
    const subdomain =
      /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
    const labelValue = /^(?=.{1,63}$)[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?$/;
    fc.assert(
      fc.property(anAcceptedSpecInput(), aPlatform(), (input, platform) => {
        const { objects } = renderBundle(
          parseMeshedServiceSpec(input),
          platform,
        );
        expect(
          objects
            .map(({ metadata: { name } }) => name)
            .filter(name => !subdomain.test(name)),
        ).toEqual([]);
        expect(
          objects
            .flatMap(({ metadata: { labels = {} } }) => Object.values(labels))
            .filter(value => !labelValue.test(value)),
        ).toEqual([]);
      }),
    );
  });

  it('gives the same bytes for the same request, whatever the order of its keys', () => {
    fc.assert(
      fc.property(anAcceptedSpecInput(), aPlatform(), (input, platform) => {
        expect(filesOf(reversed(input), platform)).toEqual(
          filesOf(input, platform),
        );
      }),
    );
  });

  it('takes a parsed spec for what it is: parsing again changes nothing', () => {
    fc.assert(
      fc.property(anAcceptedSpecInput(), input => {
        const spec = parseMeshedServiceSpec(input);
        expect(parseMeshedServiceSpec(plain(spec))).toEqual(plain(spec));
      }),
    );
  });

  it.each(versions)(
    'writes YAML %s that reads back as it was meant',
    version => {
      fc.assert(
        fc.property(anAcceptedSpecInput(), aPlatform(), (input, platform) => {
          const spec = parseMeshedServiceSpec(input);
          for (const object of renderBundle(spec, platform).objects)
            expect(parse(toYaml(object), { version })).toEqual(plain(object));
        }),
      );
    },
  );

  it('writes a stamp that reads back without loss and finds nothing wrong', () => {
    fc.assert(
      fc.property(anAcceptedSpecInput(), input => {
        const spec = parseMeshedServiceSpec(input);
        const managed = bundleFiles(spec, renderBundle(spec, defaultPlatform));
        const stamp = stampOf(spec, {
          template: {
            ref: 'template:default/meshed-service',
            version: '1.0.0',
          },
          guardrails: { name: 'baseline', digest: `sha256:${'0'.repeat(64)}` },
          created: { by: 'user:default/jane', at: '2026-01-31T12:00:00Z' },
          managed,
          team: ['catalog-info.yaml'],
        });
        const read = readStamp(writeStamp(stamp));
        expect(read).toEqual(plain(stamp));
        expect(
          verifyStamp(
            read,
            new Map(managed.map(({ path, content }) => [path, content])),
          ),
        ).toEqual([]);
      }),
    );
  });
});

describe('hostile input', () => {
  const fields = [
    ...['name', 'owner', 'system', 'description', 'lifecycle', 'environment'],
    ...['cluster', 'namespace', 'workload', 'ports', 'clients', 'calls'],
    ...['phase', 'rateLimit', 'egress', 'secrets', 'delivery', 'quota'],
    ...['__proto__', 'constructor', 'unknown'],
  ];

  it('is refused with a field and a sentence, or renders; it never throws anything else', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...fields),
        aHostileValue(),
        (field, value) => {
          const input = JSON.parse(
            `{${JSON.stringify(field)}: ${JSON.stringify(value) ?? 'null'}}`,
          );
          const result = readMeshedServiceSpec(
            Object.defineProperties(
              aMeshedServiceInput(),
              Object.getOwnPropertyDescriptors(input),
            ),
          );
          if ('spec' in result) {
            renderBundle(result.spec, defaultPlatform);
            return;
          }
          expect(result.problems.length).toBeGreaterThan(0);
          for (const { message } of result.problems)
            expect(message).toMatch(/^.{5,400}$/);
        },
      ),
      { numRuns: 500 },
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('as a whole request is refused', () => {
    fc.assert(
      fc.property(aHostileValue(), value => {
        expect('problems' in readMeshedServiceSpec(value)).toBe(true);
      }),
    );
  });

  it('in a description stays where it belongs', () => {
    fc.assert(
      fc.property(aHostileText(), description => {
        const result = readMeshedServiceSpec(
          aMeshedServiceInput({ description }),
        );
        if (!('spec' in result)) return;
        const files = filesOf(result.spec);
        expect(files).toEqual(filesOf(aMeshedServiceInput()));
      }),
    );
  });

  it.each(versions)(
    'in any object survives toYaml for readers of YAML %s',
    version => {
      fc.assert(
        fc.property(
          fc.dictionary(
            aHostileText(),
            fc.oneof(aHostileText(), fc.string({ unit: 'binary' })),
          ),
          value => {
            const text = toYaml({ value });
            expect(parseAllDocuments(text, { version })).toHaveLength(1);
            expect(entries(parse(text, { version }).value)).toEqual(
              entries(value),
            );
          },
        ),
        { numRuns: 300 },
      );
    },
  );
});
