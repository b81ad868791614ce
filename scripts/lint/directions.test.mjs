/** Each boundary is really enforced: a snippet that crosses it is refused, and its lawful neighbour is not. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const { ESLint } = require('eslint');
const { packages, rooms } = require('./directions.js');

const workspaces = ['plugins', 'packages'].flatMap(parent =>
  readdirSync(join(root, parent))
    .map(folder => join(root, parent, folder))
    .filter(folder => existsSync(join(folder, 'package.json'))),
);

const holdsSource = folder =>
  readdirSync(folder, { recursive: true }).some(
    name => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );

/** @returns the rules that refuse this code in this file. */
async function refusals(file, code) {
  const [parent, folder] = file.split('/');
  const eslint = new ESLint({ cwd: join(root, parent, folder) });
  const [result] = await eslint.lintText(`${code}\n`, {
    filePath: join(root, file),
  });
  return result.messages.filter(m => m.severity === 2).map(m => m.ruleId);
}

const core = 'plugins/meshed-service-common/src';
const imports = source => `import * as it from '${source}';\n\nexport { it };`;

const refused = [
  // file, code, rule
  [`${core}/model/x.ts`, imports('../spec'), 'import/no-restricted-paths'],
  [`${core}/spec/x.ts`, imports('../status'), 'import/no-restricted-paths'],
  [`${core}/model/x.ts`, imports('../index'), 'import/no-restricted-paths'],
  [
    `${core}/model/x.ts`,
    "import type { MeshedServiceSpec } from '../spec';\n\nexport type It = MeshedServiceSpec;",
    'import/no-restricted-paths',
  ],
  [
    `${core}/spec/x.ts`,
    imports('@meshway/plugin-meshed-service-node'),
    'no-restricted-imports',
  ],
  ...['fs', 'node:fs', 'node:crypto', 'react'].map(name => [
    `${core}/spec/x.ts`,
    imports(name),
    'no-restricted-imports',
  ]),
  ...[
    'fetch("/x")',
    'process.env.X',
    'setTimeout(String, 1)',
    'console.log(1)',
    'globalThis.fetch',
  ].map(code => [
    `${core}/status/x.ts`,
    `export const it = () => ${code};`,
    'no-restricted-globals',
  ]),
  ...['Date.now()', 'Math.random()'].map(code => [
    `${core}/status/x.ts`,
    `export const it = () => ${code};`,
    'no-restricted-properties',
  ]),
  [
    `${core}/status/x.ts`,
    'export const it = () => new Date();',
    'no-restricted-syntax',
  ],
  [
    'packages/admission/src/x.ts',
    imports('@meshway/plugin-meshed-service-common'),
    'no-restricted-imports',
  ],
  [
    'packages/admission/src/x.ts',
    'export const it = () => Date.now();',
    'no-restricted-properties',
  ],
  ...['backend', 'app', '@meshway/cli'].map(name => [
    'plugins/meshed-service-node/src/x.ts',
    imports(name),
    'no-restricted-imports',
  ]),
  [
    'plugins/meshed-service/src/x.ts',
    imports('@meshway/plugin-meshed-service-node'),
    '@backstage/no-mixed-plugin-imports',
  ],
  [
    'plugins/meshed-service/src/x.ts',
    imports('@meshway/admission'),
    'no-restricted-imports',
  ],
  [
    'plugins/scaffolder-backend-module-meshed-service/src/x.ts',
    imports('@meshway/plugin-meshed-service-backend'),
    '@backstage/no-mixed-plugin-imports',
  ],
  [
    'plugins/meshed-service-backend/src/x.ts',
    imports('@meshway/plugin-meshed-service-common/testUtils'),
    'no-restricted-imports',
  ],
  [
    'plugins/meshed-service-node/src/x.ts',
    imports('../../meshed-service-common/src/model'),
    '@backstage/no-relative-monorepo-imports',
  ],
  [
    'plugins/meshed-service-node/src/x.ts',
    Array.from({ length: 251 }, (_, i) => `export const a${i} = ${i};`).join(
      '\n',
    ),
    'max-lines',
  ],
];

for (const [file, code, rule] of refused) {
  const shown = code.length > 70 ? `${code.slice(0, 60)}…` : code;
  test(`${file} may not hold: ${shown.split('\n')[0]}`, async () => {
    const rules = await refusals(file, code);
    assert.ok(rules.includes(rule), `${rule} is not among: ${rules}`);
  });
}

const allowed = [
  [`${core}/spec/x.ts`, imports('../model')],
  [`${core}/status/x.ts`, imports('../model')],
  [`${core}/index.ts`, "export * from './spec';"],
  [`${core}/status/x.ts`, 'export const it = (now: Date) => now.getTime();'],
  [`${core}/status/x.ts`, 'export const it = (t: string) => new Date(t);'],
  [`${core}/model/x.test.ts`, imports('../spec')],
  [
    'plugins/meshed-service-node/src/x.test.ts',
    imports('@meshway/plugin-meshed-service-common/testUtils'),
  ],
  [
    'plugins/meshed-service-node/src/x.ts',
    imports('@meshway/plugin-meshed-service-common'),
  ],
];

for (const [file, code] of allowed) {
  test(`${file} may hold: ${code.split('\n')[0]}`, async () => {
    assert.deepEqual(await refusals(file, code), []);
  });
}

test('every package has a line in the table of directions', () => {
  const names = workspaces.map(
    folder => JSON.parse(readFileSync(join(folder, 'package.json'))).name,
  );
  assert.deepEqual(names.sort(), Object.keys(packages).sort());
});

test('every room of the pure core has a line in the table of directions', () => {
  const lines = rooms['@meshway/plugin-meshed-service-common'];
  const folders = readdirSync(join(root, core), { withFileTypes: true })
    .filter(entry => entry.isDirectory() && entry.name !== 'testUtils')
    .map(entry => entry.name)
    .filter(room => holdsSource(join(root, core, room)));
  assert.deepEqual(
    folders.filter(room => !lines[room]),
    [],
  );
});

test('the directions have no cycle', () => {
  for (const table of [packages, ...Object.values(rooms)]) {
    const reaches = (from, seen = []) =>
      // Single files have no line of their own: lint sees what they import as part of their room.
      (table[from] ?? []).flatMap(next =>
        seen.includes(next)
          ? [next]
          : [next, ...reaches(next, [...seen, from])],
      );
    for (const name of Object.keys(table)) {
      assert.ok(!reaches(name).includes(name), `${name} reaches itself`);
    }
  }
});
