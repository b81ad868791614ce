import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import {
  formatObjectRef,
  observedKinds,
  refOf,
} from '@meshway/plugin-meshed-service-common';
import { readSnapshot } from './readSnapshot';
import { snapshotBounds } from './ClusterSnapshot';

// How long a huge file takes is the machine's business.
jest.setTimeout(300_000);

const now = '2026-01-31T10:00:00Z';
const server = (name: string) => `apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: {name: ${name}, namespace: shop}
spec: {port: 8080, podSelector: {}}
`;
const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n';

describe('readSnapshot', () => {
  const directory = createMockDirectory();

  beforeEach(() => directory.clear());

  async function read(files: Record<string, string | Buffer>) {
    for (const [name, content] of Object.entries(files)) {
      const path = directory.resolve(name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
    const snapshot = await readSnapshot(directory.path, { now });
    return {
      objects: snapshot.objects.map(object => formatObjectRef(refOf(object))),
      problems: snapshot.problems.map(
        ({ file, line, message }) =>
          `${file}${line ? `:${line}` : ''} ${message}`,
      ),
      unreadable: [...new Set(snapshot.gaps.map(({ kind }) => kind))],
    };
  }

  it('reads single objects, lists, several documents, nested folders and JSON', async () => {
    const list = (kind: string, items: object[]) =>
      JSON.stringify({ apiVersion: 'v1', kind, items });
    expect(
      await read({
        'namespace.yaml': namespace,
        'servers/two.yml': `${server('a')}---\n${server('b')}`,
        'list.json': list('List', [
          {
            apiVersion: 'v1',
            kind: 'Pod',
            metadata: { name: 'p', namespace: 'shop' },
          },
        ]),
        'pods.json': list('PodList', [
          { metadata: { name: 'q', namespace: 'shop' } },
        ]),
        'notes.txt': 'not: [yaml',
        'deployment.yaml': server('x').replace(
          'kind: Server',
          'kind: Deployment',
        ),
      }),
    ).toEqual({
      objects: [
        'Pod shop/p',
        'Namespace shop',
        'Pod shop/q',
        'Server shop/a',
        'Server shop/b',
      ],
      problems: [],
      unreadable: [],
    });
  });

  it('names file and line of broken YAML, and takes the kinds that it names for unreadable', async () => {
    const found = await read({
      'broken.yaml': `${server(
        'a',
      )}---\nkind: Server\nkind: Server\nmetadata: {}\n`,
      'namespace.yaml': namespace,
    });
    expect(found.objects).toEqual(['Server shop/a', 'Namespace shop']);
    expect(found.problems).toEqual([
      expect.stringMatching(/^broken\.yaml:\d+ is not valid YAML: /),
    ]);
    expect(found.unreadable).toEqual(['Server']);
  });

  it('takes every kind for unreadable when a broken file names none', async () => {
    const { unreadable } = await read({ 'broken.yaml': 'a: [\n' });
    expect(unreadable).toEqual([...observedKinds]);
  });

  it('takes every kind for unreadable when a file ends too early: the rest could have held any', async () => {
    const list = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } },
        { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'q' } },
      ],
    });
    const { unreadable } = await read({ 'list.json': list.slice(0, -20) });
    expect(unreadable).toEqual([...observedKinds]);
  });

  it('refuses a pipe instead of waiting for it', async () => {
    execFileSync('mkfifo', [directory.resolve('pipe.yaml')]);
    const { problems, unreadable } = await read({
      'namespace.yaml': namespace,
    });
    expect([problems, unreadable]).toEqual([
      ['pipe.yaml is no plain file; a snapshot holds files and folders only'],
      [...observedKinds],
    ]);
  });

  it('reads a folder that is called like a file', async () => {
    const { objects, problems } = await read({
      'folder.yaml/namespace.yaml': namespace,
    });
    expect([objects, problems]).toEqual([['Namespace shop'], []]);
  });

  it('reads words about a prototype in a text, which are no key', async () => {
    const { problems } = await read({
      'namespace.yaml': `${namespace.replace(
        '}',
        ', annotations: {note: "a"}}',
      )}status:\n  note: |\n    __proto__: polluted\n`,
    });
    expect(problems).toEqual([]);
  });

  it('takes no more objects than it may, and says so', async () => {
    const items = Array.from(
      { length: snapshotBounds.objects + 1 },
      (_, index) => ({ metadata: { name: `p${index}`, namespace: 'shop' } }),
    );
    const { objects, problems, unreadable } = await read({
      'pods.json': JSON.stringify({ apiVersion: 'v1', kind: 'PodList', items }),
    });
    expect([objects.length, problems, unreadable]).toEqual([
      snapshotBounds.objects,
      [`pods.json goes beyond the first ${snapshotBounds.objects} objects`],
      [...observedKinds],
    ]);
  });

  it.each([
    [
      'an alias bomb',
      `kind: Pod\n${aliasBomb()}`,
      /bomb\.yaml:\d+ uses too many aliases/,
    ],
    [
      'the key __proto__',
      `${server('a')}__proto__: {x: 1}\n`,
      /bomb\.yaml:5 holds the key __proto__/,
    ],
    [
      'the key __proto__ in another spelling, deep inside',
      `${server('a')}status: {conditions: [{"\\x5f_proto__": {x: 1}}]}\n`,
      /bomb\.yaml:1 holds the key __proto__/,
    ],
    [
      'what is nested without end',
      '['.repeat(100_000),
      /bomb\.yaml:1 is not valid YAML: it is nested too deeply/,
    ],
    [
      'the same key twice',
      `${server('a')}kind: Server\n`,
      /bomb\.yaml:\d+ is not valid YAML/,
    ],
    [
      'no kind',
      'apiVersion: v1\nmetadata: {name: a}\n',
      /bomb\.yaml:1 has no kind/,
    ],
    [
      'no name',
      'apiVersion: v1\nkind: Pod\nmetadata: {}\n',
      /bomb\.yaml:1 Pod has no usable metadata.name/,
    ],
    [
      'a name with a line break',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: "a\\nb"}\n',
      /no usable metadata.name/,
    ],
    [
      'no namespace',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n',
      /Pod a has no metadata.namespace/,
    ],
    ['only a text', 'hello\n', /bomb\.yaml:1 is no Kubernetes object/],
    [
      'bytes that are no text',
      Buffer.from([0xff, 0xfe, 0x00]),
      /bomb\.yaml is not UTF-8 text/,
    ],
  ])('refuses %s', async (_, content, message) => {
    const { objects, problems, unreadable } = await read({
      'bomb.yaml': content,
    });
    expect({ objects, problems }).toEqual({
      objects: [],
      problems: [expect.stringMatching(message)],
    });
    expect(unreadable.length).toBeGreaterThan(0);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('names the line of an item of a list', async () => {
    const { problems } = await read({
      'list.yaml': `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a, namespace: shop}\n- apiVersion: v1\n  metadata: {name: b}\n`,
    });
    expect(problems).toEqual(['list.yaml:7 has no kind']);
  });

  it('does not follow a link out of the folder', async () => {
    await symlink('/etc', directory.resolve('out'));
    await symlink('/etc/passwd', directory.resolve('passwd.yaml'));
    const { problems } = await read({ 'namespace.yaml': namespace });
    expect(problems).toEqual([
      'out is a link; a snapshot holds files and folders only',
      'passwd.yaml is a link; a snapshot holds files and folders only',
    ]);
  });

  it('refuses a file beyond its size', async () => {
    const { problems, unreadable } = await read({
      'big.yaml': Buffer.alloc(snapshotBounds.fileBytes + 1, '#'),
    });
    expect([problems, unreadable]).toEqual([
      [`big.yaml is larger than ${snapshotBounds.fileBytes} bytes`],
      [...observedKinds],
    ]);
  });

  it('does not choose between two contents of one object', async () => {
    const { problems, unreadable } = await read({
      'a.yaml': server('a'),
      'b.yaml': server('a').replace('8080', '9090'),
    });
    expect([problems, unreadable]).toEqual([
      ['b.yaml Server shop/a stands in a.yaml, too, with other content'],
      ['Server'],
    ]);
  });

  it.each([
    ['takenAt: yesterday', /^snapshot\.yaml takenAt: /],
    ['takenAt: "2027-01-01T00:00:00Z"', /lies in the future/],
    ['extra: 1', /Unrecognized key/],
    [
      'notRead: [{kinds: [Secret], state: stale}]',
      /^snapshot\.yaml notRead\.0\.kinds\.0/,
    ],
  ])('refuses a snapshot.yaml with %s', async (line, message) => {
    const { problems, unreadable } = await read({
      'snapshot.yaml': `apiVersion: meshway.dev/v1alpha1\nkind: Snapshot\n${line}\n`,
    });
    expect(problems).toEqual([expect.stringMatching(message)]);
    expect(unreadable).toEqual([...observedKinds]);
  });

  it('takes an empty folder for a cluster in which nothing is, seen now', async () => {
    expect(await readSnapshot(directory.path, { now })).toEqual({
      takenAt: now,
      objects: [],
      problems: [],
      gaps: [],
    });
  });

  it('throws when there is no folder', async () => {
    await expect(
      readSnapshot(join(directory.path, 'none'), { now }),
    ).rejects.toThrow('ENOENT');
  });
});

function aliasBomb(): string {
  const levels = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (const [one, next] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg']) {
    levels.push(`${next}: &${next} [${Array(10).fill(`*${one}`).join(', ')}]`);
  }
  return `${levels.join('\n')}\n`;
}
