import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { readSkeleton, renderSkeleton } from '.';

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
      'InputError: The skeleton holds b, which is a link or a device; only plain files are read',
    );
  });

  it('refuses a binary file', async () => {
    await write('logo.png', Buffer.from([137, 80, 0, 255]));
    expect(await refusal()).toBe(
      'InputError: The skeleton holds logo.png, which is not a text in UTF-8; only plain texts are read',
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
    expect(await refusal()).toBe(
      'InputError: The skeleton holds a, which is larger than 256 kB',
    );
  });

  it('refuses an empty folder, and one that is not there', async () => {
    const place = join(basename(dirname(folder)), basename(folder));
    expect(await refusal()).toBe(
      `InputError: The skeleton ${place} holds no file; meshedService.skeletons says where it lies`,
    );
    await rm(folder, { recursive: true });
    expect(await refusal()).toBe(
      `InputError: The skeleton ${place} cannot be read; meshedService.skeletons says where it lies`,
    );
  });
});
