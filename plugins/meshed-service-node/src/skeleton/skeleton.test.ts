import {
  defaultPlatform,
  MeshedServiceSpec,
  parseMeshedServiceSpec,
} from '@meshway/plugin-meshed-service-common';
import * as fc from 'fast-check';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createTemplateRenderer } from 'nunjitsu';
import { parse, parseAllDocuments } from 'yaml';
import { Files } from '../forge';
import {
  lintSkeleton,
  readSkeleton,
  renderSkeleton,
  Skeleton,
  skeletonValues,
  skeletonVariables,
} from '.';

const root = resolve(__dirname, '../../../../skeleton');
const context = {
  platform: defaultPlatform,
  template: { ref: 'template:default/meshed-service', version: '1.0.0' },
  sourceUrl: 'http://localhost:3000/forge/cart/tree/main',
};

const aSpec = (fields: object = {}): MeshedServiceSpec =>
  parseMeshedServiceSpec({
    name: 'cart',
    owner: 'shop',
    cluster: 'eu-1',
    workload: { image: 'ghcr.io/acme/cart:1.0' },
    ports: [{ name: 'http', port: 8080 }],
    ...fields,
  });

const fullSpec = aSpec({
  system: 'shop',
  description: 'Keeps what a customer has chosen',
  lifecycle: 'production',
  ports: [
    {
      name: 'grpc',
      port: 8080,
      protocol: 'gRPC',
      probes: [{ kind: 'grpc', service: 'shop.v1.Cart' }],
    },
    {
      name: 'admin',
      port: 9000,
      protocol: 'HTTP/1',
      probes: [{ kind: 'http', path: '/healthz' }],
    },
    { name: 'raw', port: 9001, protocol: 'opaque' },
  ],
  calls: [
    { entityRef: 'component:default/checkout' },
    { namespace: 'cache', service: 'valkey', port: 6379 },
  ],
  secrets: { delivery: 'vso', paths: ['database/reader', 'api'] },
});

const specs: Array<[string, MeshedServiceSpec]> = [
  ['a plain HTTP service', aSpec()],
  ['a service with everything', fullSpec],
  ['a service without ports', aSpec({ ports: [] })],
  [
    'a service that the backend applies, with its manifests deep down',
    aSpec({ delivery: { mode: 'apply', path: 'deploy/k8s' } }),
  ],
  [
    'a service with secrets from the agent',
    aSpec({ secrets: { delivery: 'agent', paths: ['database'] } }),
  ],
];

const yamlOf = (files: Files, path: string) => parse(files.get(path) ?? '');

describe('skeleton/meshed-service', () => {
  let skeleton: Skeleton;
  beforeAll(async () => {
    skeleton = await readSkeleton(join(root, 'meshed-service'));
  });
  const render = (spec: MeshedServiceSpec) =>
    renderSkeleton(skeleton, skeletonValues(spec, context));

  it('says only what is supplied, and quotes every value in YAML', () => {
    expect(lintSkeleton(skeleton, skeletonVariables)).toEqual([]);
  });

  it.each(specs)(
    "is rendered by the scaffolder's own engine to the same bytes, for %s",
    (_, spec) => {
      const scaffolder = createTemplateRenderer({ allowRegexExecution: true });
      const values = skeletonValues(spec, context);
      const theirs = new Map(
        [...skeleton].map(([path, text]) => [
          scaffolder.render(path, { values }),
          scaffolder.render(text, { values }),
        ]),
      );
      expect(render(spec)).toEqual(theirs);
    },
  );

  it.each(specs)('is whole for %s', (_, spec) => {
    const files = render(spec);
    const folder = spec.delivery.path;
    expect([...files.keys()].sort()).toEqual(
      [
        '.github/workflows/deploy.yaml',
        '.gitignore',
        'Dockerfile',
        'README.md',
        'catalog-info.yaml',
        'docs/index.md',
        `${folder}/app/deployment.yaml`,
        `${folder}/app/service.yaml`,
        `${folder}/kustomization.yaml`,
        'mkdocs.yml',
      ].sort(),
    );
    for (const [path, text] of files) {
      expect(text).not.toMatch(/\$\{\{|\{%/);
      if (/\.ya?ml$/.test(path))
        expect(parseAllDocuments(text).map(({ errors }) => errors)).toEqual([
          [],
        ]);
    }
  });

  it('makes an entity that knows everything about its service', () => {
    expect(yamlOf(render(fullSpec), 'catalog-info.yaml')).toEqual({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: 'cart',
        description: 'Keeps what a customer has chosen',
        annotations: {
          'backstage.io/techdocs-ref': 'dir:.',
          'backstage.io/source-location':
            'url:http://localhost:3000/forge/cart/tree/main/',
          'backstage.io/kubernetes-id': 'cart',
          'backstage.io/kubernetes-namespace': 'cart',
          'backstage.io/kubernetes-cluster': 'eu-1',
          'argocd/app-name': 'cart.eu-1',
          'vault.io/secrets-path': 'eu-1/cart/cart',
          'meshway.dev/service': 'eu-1/cart/cart',
          'backstage.io/source-template': 'template:default/meshed-service',
          'backstage.io/template-version': '1.0.0',
        },
        links: [
          {
            url: 'http://localhost:3000/forge/cart/tree/main',
            title: 'Repository',
            icon: 'github',
          },
        ],
      },
      spec: {
        type: 'service',
        lifecycle: 'production',
        owner: 'group:default/shop',
        system: 'system:default/shop',
        dependsOn: ['component:default/checkout'],
      },
    });
  });

  it('makes a Deployment that keeps to Pod Security "restricted"', () => {
    const { spec } = yamlOf(render(fullSpec), 'manifests/app/deployment.yaml');
    const [container] = spec.template.spec.containers;
    expect(spec.template.spec).toMatchObject({
      serviceAccountName: 'cart',
      securityContext: {
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    });
    expect(container).toEqual({
      name: 'cart',
      image: 'ghcr.io/acme/cart:1.0',
      ports: [
        { name: 'grpc', containerPort: 8080, protocol: 'TCP' },
        { name: 'admin', containerPort: 9000, protocol: 'TCP' },
        { name: 'raw', containerPort: 9001, protocol: 'TCP' },
      ],
      envFrom: [
        { secretRef: { name: 'cart.database-reader' } },
        { secretRef: { name: 'cart.api' } },
      ],
      readinessProbe: { grpc: { port: 8080, service: 'shop.v1.Cart' } },
      livenessProbe: { httpGet: { path: '/healthz', port: 'admin' } },
      resources: {
        requests: { cpu: '50m', memory: '128Mi' },
        limits: { memory: '256Mi' },
      },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      },
    });
  });

  it('makes a Service whose ports carry names and protocols', () => {
    const service = yamlOf(render(fullSpec), 'manifests/app/service.yaml');
    expect(service.spec.ports).toEqual([
      {
        name: 'grpc',
        port: 8080,
        targetPort: 'grpc',
        appProtocol: 'kubernetes.io/h2c',
        protocol: 'TCP',
      },
      {
        name: 'admin',
        port: 9000,
        targetPort: 'admin',
        appProtocol: 'http',
        protocol: 'TCP',
      },
      {
        name: 'raw',
        port: 9001,
        targetPort: 'raw',
        appProtocol: 'linkerd.io/opaque',
        protocol: 'TCP',
      },
    ]);
  });

  it('carries every accepted description unharmed, and nowhere else', () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        'no',
        '1e3',
        '---',
        '${{ values.owner }}',
        '{% raw %}',
        'it\'s "so"',
        '# not a comment',
        '*alias',
        '&anchor',
        '<script>alert(1)</script>',
        '[x](javascript:alert(1))',
        '💥',
        '__proto__',
        'a: b',
        '- x',
        '!!js/function',
      ),
      fc.string({ unit: 'grapheme', maxLength: 100 }),
    );
    fc.assert(
      fc.property(hostile, description => {
        let spec: MeshedServiceSpec;
        try {
          spec = {
            ...fullSpec,
            ...parseMeshedServiceSpec({ ...fullSpec, description }),
          };
        } catch {
          return;
        }
        const plain = render({ ...spec, description: '' });
        const files = render(spec);
        expect(yamlOf(files, 'catalog-info.yaml').metadata.description).toBe(
          description,
        );
        for (const [path, text] of files) {
          if (
            ['catalog-info.yaml', 'README.md', 'docs/index.md'].includes(path)
          )
            continue;
          expect(text).toBe(plain.get(path));
        }
        expect(files.get('docs/index.md')).not.toMatch(
          /<script|\]\(javascript/,
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('lintSkeleton', () => {
  const lint = (text: string, path = 'x.yaml') =>
    lintSkeleton(new Map([[path, text]]), ['name', 'ports']);

  it.each([
    [
      'an unquoted value',
      'a: 1\nb: ${{ values.name }}',
      'a value in YAML must end in "| dump"',
      2,
    ],
    [
      'a value that is changed after it was quoted',
      'a: ${{ values.name | dump | upper }}',
      'a value in YAML must end in "| dump"',
      1,
    ],
    [
      'a variable that is not supplied',
      'a: ${{ values.nmae | dump }}',
      'values.nmae is not supplied',
      1,
    ],
    [
      'a computed variable',
      'a: ${{ values[values.name] | dump }}',
      'values.<computed> is not supplied',
      1,
    ],
    [
      'a variable beside values',
      'a: ${{ secrets.token | dump }}',
      'secrets is not supplied; write values.<name>',
      1,
    ],
    [
      'a condition on what is not supplied',
      '{% if values.x %}\n{% endif %}',
      'values.x is not supplied',
      1,
    ],
    [
      'a value inside of quotes',
      'a: "x ${{ values.name | dump }}"',
      'a value in YAML must stand alone after its key or dash, on one line',
      1,
    ],
    [
      'a value beside other text',
      'a: x-${{ values.name | dump }}',
      'a value in YAML must stand alone after its key or dash, on one line',
      1,
    ],
    [
      'a filter that there is not',
      'a: ${{ values.name | yaml | dump }}',
      'there is no filter yaml',
      1,
    ],
    [
      'an include',
      '\n{% include "/etc/passwd" %}',
      'Include is not used in skeletons',
      2,
    ],
    [
      'no template',
      'a: ${{ values.name',
      'parseAggregate: expected comma after expression',
      1,
    ],
  ])('names file and line of %s', (_, text, message, line) => {
    expect(lint(text)).toContainEqual({
      path: 'x.yaml',
      line,
      message:
        text.includes('}}') || text.includes('%}')
          ? message
          : expect.any(String),
    });
  });

  it('lets other texts say what they like, as long as it is supplied', () => {
    expect(lint('Hello ${{ values.name }}', 'README.md')).toEqual([]);
    expect(lint('Hello ${{ values.nobody }}', 'README.md')).toHaveLength(1);
  });

  it('reads the names of files, too', () => {
    expect(lint('x', '${{ values.nobody }}/x.md')).toEqual([
      {
        path: '${{ values.nobody }}/x.md',
        line: 1,
        message: 'values.nobody is not supplied',
      },
    ]);
  });

  it('knows what loops name', () => {
    expect(
      lint(
        '{% for port in values.ports %}\n- ${{ port.name | dump }}\n- ${{ loop.index | dump }}\n{% endfor %}',
      ),
    ).toEqual([]);
  });
});

describe('renderSkeleton', () => {
  const render = (files: Record<string, string>, values: object = {}) =>
    renderSkeleton(new Map(Object.entries(files)), values);

  it.each([
    [
      'a variable that is missing',
      { 'a.md': 'x\n${{ values.missing }}' },
      /^Skeleton file a\.md:2: /,
    ],
    ['a broken tag', { 'a.md': '{% if %}' }, /^Skeleton file a\.md:1: /],
    [
      'a file above the root',
      { '${{ values.up }}/a': 'x' },
      /^File "\.\.\/a" is not a path/,
    ],
    [
      'a file in .git',
      { '${{ values.git }}/config': 'x' },
      /^File "\.git\/config" is not a path/,
    ],
    [
      'two files of one name',
      { a: 'x', '${{ values.a }}': 'y' },
      /^The skeleton renders two files to a$/,
    ],
  ])('refuses %s', (_, files, message) => {
    expect(() => render(files, { up: '..', git: '.git', a: 'a' })).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringMatching(message),
      }),
    );
  });

  it('never compiles a value', () => {
    const name = '${{ values.secret }}{% include "x" %}';
    expect(
      render({ a: '${{ values.name }}' }, { name, secret: 'hunter2' }),
    ).toEqual(new Map([['a', name]]));
  });
});

describe('readSkeleton', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meshway-skeleton-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const write = async (path: string, content: string | Buffer) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  const refusal = () =>
    readSkeleton(folder).then(
      () => 'accepted',
      error => `${error.name}: ${error.message.replace(folder, '')}`,
    );

  it('reads texts by path', async () => {
    await write('a', '1');
    await write('b/${{ values.name }}.yaml', '2');
    expect(await readSkeleton(folder)).toEqual(
      new Map([
        ['a', '1'],
        ['b/${{ values.name }}.yaml', '2'],
      ]),
    );
  });

  it('refuses a link', async () => {
    await write('a', '1');
    await symlink('/etc/passwd', join(folder, 'b'));
    expect(await refusal()).toBe(
      'InputError: /b is a link or a device; only plain files are read',
    );
  });

  it('refuses a binary file', async () => {
    await write('logo.png', Buffer.from([137, 80, 0, 255]));
    expect(await refusal()).toBe(
      'InputError: /logo.png is not a text in UTF-8; only plain texts are read',
    );
  });

  it('refuses a .git folder', async () => {
    await write('.git/config', 'x');
    expect(await refusal()).toBe(
      'InputError: File ".git" is not a path inside a repository',
    );
  });

  it('refuses a very large file', async () => {
    await write('a', 'x'.repeat(300_000));
    expect(await refusal()).toBe('InputError: /a is larger than 256 kB');
  });

  it('refuses an empty folder, and one that is not there', async () => {
    expect(await refusal()).toBe(
      'InputError: The skeleton  holds no file; meshedService.skeletons says where it lies',
    );
    await rm(folder, { recursive: true });
    expect(await refusal()).toBe(
      'InputError: The skeleton  cannot be read; meshedService.skeletons says where it lies',
    );
  });
});
