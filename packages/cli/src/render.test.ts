import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  aFolder,
  checkout,
  filesBelow,
  meshway,
} from './__testUtils__/meshway';

// Each test starts processes; a busy machine takes its time.
jest.setTimeout(300_000);

const example = path.join(checkout, 'examples/payments-api');
const folder = aFolder();

const fileOf = (name: string, text: string) => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

describe('meshway render', () => {
  it('writes the files of the example, byte for byte', async () => {
    const output = path.join(folder, 'bundle');

    const ran = await meshway([
      'render',
      `${example}/1-input.yaml`,
      '-o',
      output,
    ]);

    expect(ran).toMatchObject({ code: 0, out: '' });
    expect(filesBelow(output)).toEqual(filesBelow(`${example}/3-bundle`));
  });

  it('prints the same for a spec from a file and from standard input', async () => {
    const [file, stdin] = await Promise.all([
      meshway(['render', `${example}/1-input.yaml`]),
      meshway(['render', '-'], {
        input: filesBelow(example)['1-input.yaml'],
      }),
    ]);

    expect(file).toEqual({
      code: 0,
      err: '',
      out: expect.stringContaining('kind: MeshTLSAuthentication'),
    });
    expect(stdin).toEqual(file);
  });

  it('does not overwrite what others wrote', async () => {
    const file = fileOf(
      'own/manifests/mesh/kustomization.yaml',
      'ours: true\n',
    );

    const ran = await meshway([
      'render',
      `${example}/1-input.yaml`,
      '-o',
      path.join(folder, 'own'),
    ]);

    expect(ran).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(
        /holds files of other content \(manifests\/mesh\/kustomization\.yaml\); nothing was written\. Add --force/,
      ),
    });
    expect(filesBelow(path.join(folder, 'own'))).toEqual({
      'manifests/mesh/kustomization.yaml': 'ours: true\n',
    });
    expect(file).toBeDefined();
  });

  it.each([
    [
      'a wildcard client',
      'name: cart\nowner: shop\ncluster: local\nworkload: {image: cart}\nclients: [{namespace: shop, serviceAccount: "*"}]\n',
      1,
      /clients\[0\]\.serviceAccount: .*would let every meshed workload in/,
    ],
    [
      'a name with a newline',
      'name: "cart\\nadmin: true"\nowner: shop\ncluster: local\nworkload: {image: cart}\n',
      1,
      /: name: .*is not possible here/,
    ],
    [
      'an unknown field',
      'name: cart\nadmin: true\n',
      1,
      /: admin: is not a field/,
    ],
    ['a list', '- name: cart\n', 1, /A service is an object/],
    ['YAML that is none', 'name: [cart\n', 2, /spec\.yaml:\d+: /],
    ['two documents', 'name: cart\n---\nname: cart\n', 2, /holds 2 documents/],
    ['nothing', '', 2, /holds 0 documents/],
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x,x,x,x,x,x,x]\n${['b', 'c', 'd', 'e']
        .map(
          (name, index) =>
            `${name}: &${name} [${Array(10).fill(`*${'abcd'[index]}`)}]`,
        )
        .join('\n')}\n`,
      2,
      /spec\.yaml:1: /,
    ],
    ['bytes that are no text', '\u0000', 1, /spec/],
    [
      'a broken stamp',
      'apiVersion: meshway.dev/v1alpha1\nkind: MeshedService\nmetadata: {name: cart}\n',
      2,
      /spec\.yaml:1: /,
    ],
  ])('refuses %s in words, without a stack', async (_, text, code, words) => {
    const file = fileOf('spec.yaml', text);

    const ran = await meshway([
      'render',
      file,
      '-o',
      path.join(folder, 'never'),
    ]);

    expect(ran).toEqual({ code, out: '', err: expect.stringMatching(words) });
    expect(ran.err).not.toMatch(/\n\s+at /);
    expect(existsSync(path.join(folder, 'never'))).toBe(false);
  });

  it.each([
    [
      'a misspelt setting',
      'meshedService: {platfrom: {}}\n',
      /meshedService\.platfrom: is not a setting/,
    ],
    ['a list', '- meshedService\n', /app-config\.yaml: is not a configuration/],
    ['two documents', 'a: 1\n---\nb: 2\n', /is not a configuration/],
    ['a key twice', 'a: 1\na: 2\n', /app-config\.yaml:2: Map keys/],
    [
      'a value of the wrong type',
      'meshedService: {platform: {mesh: {cni: "perhaps"}}}\n',
      /meshedService\.platform\.mesh\.cni: has the wrong type/,
    ],
  ])(
    'refuses a configuration that holds %s, and writes nothing',
    async (_, text, words) => {
      const config = fileOf('app-config.yaml', text);
      const output = path.join(folder, 'never');
      const spec = path.join(example, '2-spec.yaml');
      const ran = await meshway(['render', spec, '-c', config, '-o', output]);

      expect(ran).toEqual({
        code: 2,
        out: '',
        err: expect.stringMatching(words),
      });
      expect(existsSync(output)).toBe(false);
    },
  );

  it('refuses a link that leads to itself, without a stack', async () => {
    const link = path.join(folder, 'self.yaml');
    symlinkSync(link, link);
    expect(await meshway(['render', link])).toEqual({
      code: 2,
      out: '',
      err: `${link}: is a link that leads to itself\n`,
    });
  });

  it('writes no file when a folder stands where one belongs', async () => {
    const output = path.join(folder, 'blocked');
    const spec = path.join(example, '2-spec.yaml');
    mkdirSync(path.join(output, 'manifests/mesh/kustomization.yaml'), {
      recursive: true,
    });
    const ran = await meshway(['render', spec, '-o', output, '--force']);

    expect(ran).toEqual({
      code: 2,
      out: '',
      err: expect.stringContaining(
        'manifests/mesh/kustomization.yaml stands in the way',
      ),
    });
    expect(filesBelow(output)).toEqual({});
  });

  it.each([
    [['render'], /missing required argument 'spec\.yaml'/],
    [['render', '/no/such/file'], /\/no\/such\/file: there is no such file/],
    [['render', 'docs'], /docs: is a folder/],
    [['render', 'a', '--nonsense'], /unknown option '--nonsense'/],
    [['nonsense'], /unknown command 'nonsense'/],
    [
      ['render', 'examples/payments-api/2-spec.yaml', '-c', 'docs'],
      /docs: is a folder/,
    ],
    [['render', 'a.yaml', '-c', 'package.json'], /a\.yaml: there is no/],
  ])('answers %j with the way out', async (args, words) => {
    const ran = await meshway(args);

    expect(ran).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(words),
    });
    expect(ran.err).not.toMatch(/\n\s+at /);
  });
});
