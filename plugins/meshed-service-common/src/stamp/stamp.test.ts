import { InputError } from '@backstage/errors';
import { bundleFiles, renderBundle } from '../manifests';
import { defaultPlatform } from '../model';
import { aMeshedServiceSpec } from '../testUtils';
import {
  digestOf,
  digestOfFiles,
  readStamp,
  stampOf,
  verifyStamp,
  writeStamp,
  type Stamp,
} from './index';

const spec = aMeshedServiceSpec({
  clients: [{ namespace: 'web', serviceAccount: 'frontend' }],
});
const managed = bundleFiles(spec, renderBundle(spec, defaultPlatform));
const repository = () =>
  new Map(managed.map(({ path, content }) => [path, content]));

function aStamp(): Stamp {
  return stampOf(spec, {
    template: { ref: 'template:default/meshed-service', version: '1.0.0' },
    guardrails: { name: 'baseline', digest: digestOf('pack') },
    created: {
      by: 'user:default/jane',
      at: '2026-01-31T12:00:00.000Z',
      task: 'a1b2',
    },
    managed,
    team: ['catalog-info.yaml', 'Dockerfile'],
  });
}

/** The message of the refusal; fails when there is none, or when it is not a user's mistake. */
function refusalOf(text: string, file?: string): string {
  try {
    readStamp(text, file);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error('was accepted');
}

const edited = (from: string | RegExp, to: string) =>
  writeStamp(aStamp()).replace(from, () => to);
const lineOf = (text: string, part: string) =>
  text.slice(0, text.indexOf(part)).split('\n').length;

describe('digestOf', () => {
  it('is the SHA-256 that every other tool computes', () => {
    expect(digestOf('abc')).toBe(
      'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(digestOf('ü🚀')).toBe(digestOf('\u00fc\ud83d\ude80'));
  });

  it('over files does not depend on their order', () => {
    const files = ['b', 'a'].map(path => ({ path, digest: digestOf(path) }));
    expect(digestOfFiles(files)).toBe(digestOfFiles([...files].reverse()));
  });
});

describe('writeStamp and readStamp', () => {
  it('lose nothing', () => {
    expect(readStamp(writeStamp(aStamp()))).toEqual(aStamp());
  });

  it('keep who made the service, and when, on a repeat', () => {
    const { created } = readStamp(writeStamp(aStamp())).status;
    const repeated = stampOf(spec, {
      ...aStamp().status,
      guardrails: { name: 'baseline', digest: digestOf('pack') },
      created,
      managed,
      team: ['catalog-info.yaml', 'Dockerfile'],
    });
    expect(writeStamp(repeated)).toBe(writeStamp(aStamp()));
  });
});

describe('readStamp refuses', () => {
  const good = writeStamp(aStamp());
  const at = (part: string) => lineOf(good, part);

  it.each<[string, string, string]>([
    ['nothing', '', 'meshed.service.yaml: is empty'],
    ['a comment alone', '# nothing\n', 'meshed.service.yaml: is empty'],
    ['text', 'hello', 'meshed.service.yaml:1: must be an object, not text'],
    ['a list', '- a', 'meshed.service.yaml:1: must be an object, not a list'],
    [
      'broken YAML',
      'a: 1\nb: [',
      'meshed.service.yaml:2: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    [
      'a key twice',
      'kind: MeshedService\nkind: MeshedService\n',
      'meshed.service.yaml:2: Map keys must be unique',
    ],
    [
      'an alias',
      'a: &x [1]\nb: *x\n',
      'meshed.service.yaml:1: uses a YAML anchor or alias; write the value itself',
    ],
    [
      'a bomb of aliases',
      [
        'a: &a [x, x, x, x, x, x, x, x, x]',
        ...'bcdefghi'
          .split('')
          .map(
            (name, index) =>
              `${name}: &${name} [${Array(9)
                .fill(`*${'abcdefgh'[index]}`)
                .join(', ')}]`,
          ),
      ].join('\n'),
      'meshed.service.yaml:1: uses a YAML anchor or alias; write the value itself',
    ],
    [
      'a tag',
      'kind: !!js/function "x"\n',
      'meshed.service.yaml:1: Unresolved tag: tag:yaml.org,2002:js/function',
    ],
    [
      'two documents',
      'a: 1\n---\nb: 2\n',
      'meshed.service.yaml:2: holds a second document; a stamp is exactly one',
    ],
  ])('%s', (_, text, message) => {
    expect(refusalOf(text)).toBe(message);
  });

  it('more than a megabyte', () => {
    expect(refusalOf(`a: ${'x'.repeat(1024 * 1024)}`)).toBe(
      'meshed.service.yaml: is larger than 1 MB; a stamp is not, so this is something else',
    );
  });

  it('what is nested without end', () => {
    expect(refusalOf('['.repeat(100_000))).toMatch(/^meshed\.service\.yaml/);
  });

  it.each<[string, string | RegExp, string, string]>([
    [
      'another version',
      'meshway.dev/v1alpha1',
      'meshway.dev/v9',
      `:${at('apiVersion:')}: apiVersion: must be "meshway.dev/v1alpha1"`,
    ],
    [
      'another kind',
      'kind: MeshedService',
      'kind: Secret',
      `:${at('kind:')}: kind: must be "MeshedService"`,
    ],
    [
      'a field it does not know',
      '  lifecycle:',
      '  colour: red\n  lifecycle:',
      `:${at(
        '  lifecycle:',
      )}: spec.colour: is not a field of a meshed service; remove it`,
    ],
    [
      'a prototype',
      '  lifecycle:',
      '  __proto__: {}\n  lifecycle:',
      `:${at(
        '  lifecycle:',
      )}: spec.__proto__: is not a field of a meshed service; remove it`,
    ],
    [
      'a spec that the door refuses',
      'phase: audit',
      'phase: no',
      `:${at(
        'phase: audit',
      )}: spec.phase: must be one of observe, audit, enforce; it is "no"`,
    ],
    [
      'a name that is not that of its service',
      /metadata:\n {2}name: payments-api/,
      'metadata:\n  name: other',
      `:${
        at('metadata:') + 1
      }: metadata.name: is "other", but the service is "payments-api"`,
    ],
    [
      'half a digest',
      /renderedDigest: sha256:.*/,
      'renderedDigest: sha256:00',
      `:${at(
        'renderedDigest',
      )}: status.renderedDigest: is not a digest (sha256: and 64 hex digits)`,
    ],
    [
      'a date that is none',
      /at: "2026.*"/,
      'at: yesterday',
      `:${at(
        'at: "2026',
      )}: status.created.at: is not an instant such as 2026-01-31T12:00:00Z`,
    ],
    [
      'a path that climbs',
      'path: Dockerfile',
      'path: ../Dockerfile',
      `:${at(
        'path: Dockerfile',
      )}: status.files[0].path: is not a path inside the repository`,
    ],
    [
      'a path twice',
      'path: Dockerfile',
      'path: catalog-info.yaml',
      `:${at(
        'path: catalog-info.yaml',
      )}: status.files[1].path: "catalog-info.yaml" is listed twice`,
    ],
  ])('%s', (_, from, to, message) => {
    expect(refusalOf(edited(from, to), 'cart.yaml')).toBe(
      `cart.yaml${message}`,
    );
  });

  it('leaves no prototype behind', () => {
    refusalOf('__proto__:\n  polluted: true\n');
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});

describe('verifyStamp', () => {
  const namespace = 'manifests/mesh/00-namespace-payments-api.yaml';

  it('finds nothing where everything is as it was written', () => {
    const files = repository()
      .set('Dockerfile', 'FROM anything')
      .set('manifests/app/deployment.yaml', 'the team owns this');
    expect(verifyStamp(aStamp(), files)).toEqual([]);
  });

  it('finds what is missing, changed and extra in managed folders', () => {
    const files = repository().set('manifests/mesh/99-mine.yaml', 'a: 1');
    files.delete('platform/96-argoregistration-payments-api.local.yaml');
    files.set(namespace, `${files.get(namespace)} `);
    expect(verifyStamp(aStamp(), files)).toEqual([
      {
        kind: 'changed',
        path: namespace,
        message: `${namespace} is managed, but differs from what was rendered`,
      },
      {
        kind: 'extra',
        path: 'manifests/mesh/99-mine.yaml',
        message:
          'manifests/mesh/99-mine.yaml lies in a managed folder, but was not rendered',
      },
      {
        kind: 'missing',
        path: 'platform/96-argoregistration-payments-api.local.yaml',
        message:
          'platform/96-argoregistration-payments-api.local.yaml is managed, but not there',
      },
    ]);
  });

  it('finds a digest that was changed together with its file', () => {
    const stamp = aStamp();
    const forged: Stamp = {
      ...stamp,
      status: {
        ...stamp.status,
        files: stamp.status.files.map(file =>
          file.path === namespace ? { ...file, digest: digestOf('x') } : file,
        ),
      },
    };
    expect(
      verifyStamp(forged, repository().set(namespace, 'x')).map(
        ({ kind, path }) => [kind, path],
      ),
    ).toEqual([['tampered', 'meshed.service.yaml']]);
  });
});
