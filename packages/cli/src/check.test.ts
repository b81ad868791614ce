import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { aFolder, checkout, meshway } from './__testUtils__/meshway';

// Each test starts processes; a busy machine takes its time.
jest.setTimeout(300_000);

const bundle = path.join(checkout, 'examples/payments-api/3-bundle');
const folder = aFolder();

const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: b}';

const skipsThePolicy = `apiVersion: v1
kind: Namespace
metadata:
  name: cart
  annotations:
    config.linkerd.io/skip-inbound-ports: "8080"
`;

describe('meshway check', () => {
  it('lets through what Meshway renders', async () => {
    const ran = await meshway(['check', bundle]);

    expect(ran).toEqual({
      code: 0,
      err: '',
      out: expect.stringMatching(/^\d+ objects keep all \d+ guardrails of /),
    });
  });

  it('says of a violation where it is, why it is one, and what to do', async () => {
    const file = path.join(folder, 'namespace.yaml');
    writeFileSync(file, `# a comment\n---\n${skipsThePolicy}`);

    const ran = await meshway(['check', file]);

    expect(ran).toMatchObject({ code: 1, err: '' });
    expect(ran.out).toMatch(
      /namespace\.yaml:3: MSG\d{3} Namespace cart.*\n {2}.+\n {2}Why: .+\n {2}Fix: .+\(docs\/guardrails\.md#/,
    );
  });

  it('prints JSON for scripts, and reads standard input', async () => {
    const ran = await meshway(['check', '-', '--json'], {
      input: skipsThePolicy,
    });

    expect(ran).toMatchObject({ code: 1, err: '' });
    expect(JSON.parse(ran.out)).toEqual({
      pack: {
        name: expect.any(String),
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        digest: expect.stringMatching(/^sha256:/),
      },
      checked: 1,
      violations: expect.arrayContaining([
        {
          code: expect.stringMatching(/^MSG/),
          title: expect.any(String),
          message: expect.any(String),
          why: expect.any(String),
          fix: expect.any(String),
          docs: expect.any(String),
          ref: { apiVersion: 'v1', kind: 'Namespace', name: 'cart' },
          path: expect.any(String),
          clause: expect.any(String),
          file: 'standard input',
          line: 1,
        },
      ]),
    });
  });

  it('judges the items of a list', async () => {
    const ran = await meshway(['check', '-'], {
      input: JSON.stringify({
        apiVersion: 'v1',
        kind: 'List',
        items: [
          {
            apiVersion: 'v1',
            kind: 'Namespace',
            metadata: {
              name: 'cart',
              annotations: {
                'config.linkerd.io/skip-inbound-ports': '8080',
              },
            },
          },
        ],
      }),
    });

    expect(ran).toMatchObject({ code: 1, err: '' });
  });

  it('judges by no rules rather never than silently', async () => {
    const empty = path.join(folder, 'namespace.yaml');
    writeFileSync(empty, skipsThePolicy);
    const ran = await meshway(['check', bundle, '--guardrails', folder]);

    expect(ran).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(
        /The guardrail pack is broken:\npack\.yaml:1: /,
      ),
    });
  });

  it('passes over nothing in a folder: a link is refused, not left out', async () => {
    const inner = path.join(folder, 'linked');
    mkdirSync(inner);
    writeFileSync(path.join(inner, 'good.yaml'), skipsThePolicy);
    symlinkSync(path.join(inner, 'good.yaml'), path.join(inner, 'a.yaml'));
    const file = await meshway(['check', inner]);
    rmSync(path.join(inner, 'a.yaml'));
    symlinkSync(folder, path.join(inner, 'all'));
    const loop = await meshway(['check', inner]);

    expect([file, loop]).toEqual([
      { code: 2, out: '', err: expect.stringMatching(/a\.yaml: is a link/) },
      { code: 2, out: '', err: expect.stringMatching(/all: is a link/) },
    ]);
  });

  it.each([
    ['a link', 'link.yaml', 'is a link or a device'],
    ['a huge file', 'huge.yaml', 'is larger than 256 kB'],
    ['bytes that are no text', 'bytes.yaml', 'is not a text in UTF-8'],
  ])('refuses a guardrail pack that holds %s', async (_, name, words) => {
    const pack = path.join(folder, `pack-${name}`);
    const place = path.join(pack, name);
    mkdirSync(pack);
    if (name === 'link.yaml') symlinkSync('/dev/zero', place);
    else if (name === 'huge.yaml') writeFileSync(place, '#'.repeat(300_000));
    else writeFileSync(place, Buffer.from([0xff, 0xfe]));

    expect(await meshway(['check', bundle, '-g', pack])).toEqual({
      code: 2,
      out: '',
      err: expect.stringContaining(
        `The guardrail pack holds ${name}, which ${words}`,
      ),
    });
  });

  it.each([
    [
      'no object',
      'hello: world\n',
      /standard input:1: is not a Kubernetes object/,
    ],
    [
      'an object without a name',
      'apiVersion: v1\nkind: Pod\n',
      /:1: Pod has no metadata\.name/,
    ],
    [
      'a key that stands twice',
      'a: 1\na: 2\n',
      /standard input:2: Map keys must be unique/,
    ],
    ['nothing at all', '', /no Kubernetes object was found/],
    [
      'a prototype, however it is spelt',
      `${pod}\nspec: {"\\x5f_proto__": {hostNetwork: true}}\n`,
      /standard input:4: holds the key __proto__/,
    ],
    [
      'a label that is no text',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {privileged: true}}\n',
      /standard input:1: Pod a: metadata\.labels\.privileged is no text/,
    ],
    [
      'a namespace that is no text',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: 5}\n',
      /Pod a: metadata\.namespace is no text/,
    ],
    [
      'a tag that other readers obey',
      `${pod}\nspec: !!js/function "x"\n`,
      /standard input:4: Unresolved tag/,
    ],
    [
      'an item that is no object',
      'apiVersion: v1\nkind: List\nitems: [null]\n',
      /standard input:1: is not a Kubernetes object/,
    ],
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e']
        .map(
          (name, index) =>
            `${name}: &${name} [${Array(10).fill(`*${'abcd'[index]}`)}]`,
        )
        .join('\n')}\n`,
      /standard input:1: Excessive alias count/,
    ],
    [
      'what is nested without end',
      '['.repeat(100_000),
      /standard input:1: is nested too deeply/,
    ],
    [
      'more than 10 MiB',
      '#'.repeat(10 * 1024 * 1024 + 1),
      /standard input: is larger than 10 MiB/,
    ],
  ])('refuses %s', async (_, input, words) => {
    expect(await meshway(['check', '-'], { input })).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(words),
    });
  });
});
