/** What the documents say is complete and leads somewhere. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { configKeys } from './configKeys.mjs';
import { decisionIndex, indexFile } from './decisionIndex.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = file => readFileSync(join(root, file), 'utf8');
const committed = pattern =>
  execFileSync('git', ['ls-files', '--', ...[pattern].flat()], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .filter(file => file && existsSync(join(root, file)));

/** @returns the first cell of each row of the tables in a part of a document. */
const firstCells = text =>
  [...text.matchAll(/^\| (.+?) \|/gm)]
    .map(([, cell]) => cell)
    .filter(cell => cell.startsWith('`'));

test('docs/operating.md explains every setting, and no other', () => {
  const [, settings] = read('docs/operating.md').split(/^## Configuration$/m);
  const explained = firstCells(settings.split(/^## /m)[0]).map(cell =>
    cell.replace(/`/g, '').trim(),
  );
  assert.deepEqual(
    explained.sort(),
    configKeys()
      .map(({ key }) => key)
      .sort(),
  );
});

test('every setting says what it is', () => {
  assert.deepEqual(
    configKeys().filter(({ says }) => !says),
    [],
  );
});

test('each resolution has its reason, and no reason is left over', () => {
  const explained = [
    ...read('docs/adr/0012-toolchain-and-resolutions.md').matchAll(
      /^\| `([^`]+)` `([^`]+)`\s+\|/gm,
    ),
  ].map(([, name, version]) => [name, version]);
  const { resolutions } = JSON.parse(read('package.json'));
  assert.deepEqual(explained.sort(), Object.entries(resolutions).sort());
  for (const name of Object.keys(resolutions)) {
    assert.ok(
      read('CONTRIBUTING.md').includes(`\`${name}\``),
      `CONTRIBUTING.md does not say what ${name} is for`,
    );
  }
});

test('the index of decisions is complete (./dev fix writes it)', () => {
  assert.equal(readFileSync(indexFile, 'utf8'), decisionIndex());
});

test('every relative link in a document leads somewhere', () => {
  const dead = committed(['*.md'])
    .filter(file => !/^(skeleton|examples)\/|report\.api\.md$/.test(file))
    .flatMap(file =>
      [...read(file).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)/g)]
        .map(([, target]) => target)
        .filter(target => !existsSync(join(root, dirname(file), target)))
        .map(target => `${file}: ${target}`),
    );
  assert.deepEqual(dead, []);
});

test('every package of ours is published under one licence and one scope', () => {
  const wrong = committed(['packages/*/package.json', 'plugins/*/package.json'])
    .map(file => [file, JSON.parse(read(file))])
    .filter(
      ([, manifest]) =>
        manifest.license !== 'Apache-2.0' ||
        (!manifest.private && !manifest.name.startsWith('@meshway/')),
    );
  assert.deepEqual(
    wrong.map(([file]) => file),
    [],
  );
});
