import {
  defaultPlatform,
  MeshedServiceSpec,
  parseMeshedServiceSpec,
} from '@meshway/plugin-meshed-service-common';
import * as fc from 'fast-check';
import { join, resolve } from 'node:path';
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
      const yaml = /\.ya?ml$/.test(path) ? text : 'no: YAML';
      expect(parseAllDocuments(yaml).map(({ errors }) => errors)).toEqual([[]]);
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
