import { getDefaultFormState, type RJSFSchema } from '@rjsf/utils';
import ajv from '@rjsf/validator-ajv8';
import { validate } from 'jsonschema';
import {
  bounds,
  deliveryModes,
  environments,
  fromForm,
  lifecycles,
  parseMeshedServiceSpec,
  Pattern,
  patterns,
  phases,
  protocols,
  REVIEW_PROPERTY,
  secretDeliveries,
} from '@meshway/plugin-meshed-service-common';
import { everyField } from './__testUtils__/everyField';
import {
  fieldsOf,
  FormSchema,
  readTemplate,
} from './__testUtils__/readTemplate';

const template = readTemplate();
const pages: FormSchema[] = template.spec.parameters;
const fields = Object.fromEntries(pages.flatMap(page => fieldsOf(page)));

const text = ({ expression }: Pattern, maxLength: number) => ({
  maxLength,
  pattern: expression.source,
});
const oneOf = (values: readonly string[]) => ({ enum: [...values] });
const port = { minimum: 1, maximum: 65535 };
const rate = { minimum: 1, maximum: bounds.requestsPerSecond };
const namespaceOf = text(patterns.namespaceLabel, bounds.name);
const accountOf = text(patterns.serviceAccountName, 253);

/** What a form asks of every field, said by the code. Custom fields bring their own check of a name or reference. */
const limits = {
  name: text(patterns.dnsLabel, bounds.name),
  owner: { maxLength: bounds.entityRef },
  system: { maxLength: bounds.entityRef },
  description: { maxLength: bounds.description },
  lifecycle: oneOf(lifecycles),
  environment: oneOf(environments),
  cluster: oneOf(['local']),
  namespace: text(patterns.dnsLabel, bounds.name),
  'workload.image': text(patterns.imageReference, bounds.image),
  'workload.replicas': { minimum: 0, maximum: bounds.replicas },
  'workload.resources.requests.cpu': text(patterns.cpuQuantity, 20),
  'workload.resources.requests.memory': text(patterns.memoryQuantity, 20),
  'workload.resources.limits.cpu': text(patterns.cpuQuantity, 20),
  'workload.resources.limits.memory': text(patterns.memoryQuantity, 20),
  ports: { maxItems: bounds.ports },
  'ports[].name': text(patterns.portName, 15),
  'ports[].port': port,
  'ports[].protocol': oneOf(protocols),
  'ports[].clients': { maxItems: bounds.clients },
  'ports[].clients[].namespace': namespaceOf,
  'ports[].clients[].serviceAccount': accountOf,
  'ports[].probes': { maxItems: bounds.probes },
  'ports[].probes[].kind': oneOf(['tcp']),
  'ports[].probes[].path': text(patterns.urlPath, bounds.probePath),
  'ports[].probes[].service': text(patterns.grpcService, bounds.grpcService),
  clients: { maxItems: bounds.clients },
  'clients[].namespace': namespaceOf,
  'clients[].serviceAccount': accountOf,
  calls: { maxItems: bounds.calls },
  'calls[].namespace': namespaceOf,
  'calls[].service': text(patterns.dnsLabel, bounds.name),
  'calls[].port': port,
  'calls[].entityRef': text(patterns.entityRef, bounds.entityRef),
  phase: oneOf(phases),
  'rateLimit.total': rate,
  'rateLimit.perClient': rate,
  'rateLimit.overrides': { maxItems: bounds.rateLimitOverrides },
  'rateLimit.overrides[].requestsPerSecond': rate,
  'rateLimit.overrides[].clients': { minItems: 1, maxItems: bounds.clients },
  'rateLimit.overrides[].clients[].namespace': namespaceOf,
  'rateLimit.overrides[].clients[].serviceAccount': accountOf,
  'egress.trafficPolicy': oneOf(['Allow', 'Deny']),
  'egress.allow': { maxItems: bounds.egressNetworks },
  'egress.allow[].cidr': text(patterns.cidr, 50),
  'egress.allow[].ports': { minItems: 1, maxItems: bounds.ports },
  'egress.allow[].ports[]': port,
  'quota.cpu': text(patterns.cpuQuantity, 20),
  'quota.memory': text(patterns.memoryQuantity, 20),
  'quota.pods': { minimum: 1, maximum: 1000 },
  'secrets.delivery': oneOf(secretDeliveries),
  'secrets.paths': { maxItems: bounds.secretPaths },
  'secrets.paths[]': text(patterns.secretPath, bounds.secretPath),
  'delivery.mode': oneOf(deliveryModes),
  'delivery.repository': text(patterns.repositoryName, bounds.repository),
  'delivery.path': text(patterns.repositoryPath, bounds.path),
  'delivery.revision': text(patterns.gitRevision, bounds.revision),
  'delivery.project': text(patterns.dnsLabel, bounds.name),
  [REVIEW_PROPERTY]: {},
};

const asked = ({
  enum: values,
  pattern,
  minimum,
  maximum,
  minItems,
  maxItems,
  maxLength,
}: FormSchema) =>
  Object.fromEntries(
    Object.entries({
      enum: values,
      pattern,
      minimum,
      maximum,
      minItems,
      maxItems,
      maxLength,
    }).filter(([, value]) => value !== undefined),
  );

/** What a browser sends: every page fills in its own defaults. */
function fillIn(values: object): object {
  return pages.reduce<object>(
    (state, page) =>
      getDefaultFormState(
        ajv,
        page as RJSFSchema,
        state,
        page as RJSFSchema,
        false,
        { allOf: 'populateDefaults' },
      ) as object,
    values,
  );
}

const threeFields = {
  name: 'cart',
  owner: 'group:default/shop',
  workload: { image: 'ghcr.io/open-telemetry/demo:2.0.2-cart' },
};

describe('the template', () => {
  it('asks of every field exactly what the parser asks', () => {
    expect(
      Object.fromEntries(
        Object.entries(fields).map(([path_, schema]) => [path_, asked(schema)]),
      ),
    ).toEqual(limits);
  });

  it('has patterns that a form can compile', () => {
    const compiled = Object.values(fields).flatMap(({ pattern }) =>
      pattern ? [new RegExp(pattern, 'u')] : [],
    );

    expect(compiled).not.toHaveLength(0);
  });

  it('explains every field in plain words', () => {
    const silent = Object.entries(fields)
      .filter(([field]) => !/\[\]$|\.kind$/.test(field))
      .filter(([, { title, description }]) => !title || !description);

    expect(silent).toEqual([]);
  });

  it('makes a plain HTTP service of three fields', () => {
    const values = fillIn(threeFields);

    expect(values).toMatchObject({ rateLimit: { overrides: [] } });
    expect(
      parseMeshedServiceSpec(fromForm(JSON.parse(JSON.stringify(values)))),
    ).toEqual(
      parseMeshedServiceSpec({
        ...threeFields,
        cluster: 'local',
        ports: [{ name: 'http', port: 8080 }],
      }),
    );
  });

  it('can say everything that a spec can say', () => {
    const spec = parseMeshedServiceSpec(fromForm(fillIn(everyField)));

    expect(spec).toEqual(everyField);
    for (const page of pages)
      expect(validate(everyField, page).errors).toEqual([]);
    expect(pathsOf(everyField)).toEqual(
      Object.keys(fields)
        .filter(field => field !== REVIEW_PROPERTY)
        .sort(),
    );
  });

  it.each([
    [
      'a wildcard client',
      { clients: [{ namespace: 'shop', serviceAccount: '*' }] },
    ],
    ['port 0', { ports: [{ name: 'http', port: 0, protocol: 'HTTP/1' }] }],
    ['a name with a newline', { name: 'cart\nadmin: true' }],
    ['an unknown phase', { phase: 'off' }],
    ['half a quota', { quota: { cpu: '2' } }],
    ['a cluster that is not configured', { cluster: 'elsewhere' }],
  ])('refuses %s before submit', (_, wrong) => {
    const values = { ...fillIn(threeFields), ...wrong };

    expect(
      pages.flatMap(page => validate(values, page).errors),
    ).not.toHaveLength(0);
  });

  it('passes the original values to every step', () => {
    expect(template.spec.steps.map(({ input }) => input?.service)).toEqual(
      template.spec.steps.map(() => '${{ parameters }}'),
    );
  });
});

/** Every path of a value, in the notation of `fieldsOf`. */
function pathsOf(value: unknown, prefix = ''): string[] {
  const found = new Set<string>();
  if (Array.isArray(value)) {
    found.add(prefix);
    for (const item of value)
      pathsOf(item, `${prefix}[]`).forEach(entry => found.add(entry));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, field] of Object.entries(value))
      pathsOf(field, prefix ? `${prefix}.${key}` : key).forEach(entry =>
        found.add(entry),
      );
  } else found.add(prefix);
  return [...found].sort();
}
