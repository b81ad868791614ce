/**
 * The lint of every package: Backstage's own, and our directions.
 *
 *   package.json (name, role) ─► directions, purity, size ─► ESLint configuration
 *
 * In: the folder of a package. Out: what its `.eslintrc.js` exports. Why here: a boundary that is written once, in a
 * table, can be read by people and proven by a test.
 */
const { join } = require('node:path');
const backstage = require('@backstage/cli/config/eslint-factory');
const { packages, rooms, pure } = require('./directions');
const purity = require('./purity');

const tests = ['**/*.test.*', '**/setupTests.*'];
/** What several tests share, a contract of tests among it. */
const shared = ['**/__testUtils__/**', '**/testing/**'];

/** @returns what the source of a package may not import of ours. */
function forbiddenPackages(name) {
  const allowed = packages[name];
  if (!allowed) {
    throw new Error(`${name} has no line in scripts/lint/directions.js`);
  }
  return Object.keys(packages)
    .filter(other => other !== name && !allowed.includes(other))
    .map(other => ({
      name: other,
      message: `${name} may not depend on ${other}: see scripts/lint/directions.js.`,
    }));
}

/** Test builders are for tests: a package's source never needs them. */
const testBuilders = Object.keys(packages).map(name => ({
  name: `${name}/testUtils`,
  message: 'Test builders are for tests.',
}));

/** @returns one zone per room: from its own package it may import what the table lists, and itself. */
function zones(name) {
  return Object.entries(rooms[name]).map(([room, allowed]) => ({
    target: `./src/${room}`,
    from: './src',
    except: [room, ...allowed].map(other => `./${other}`),
    message: `The room ${room} may import ${
      allowed.join(', ') || 'no other room'
    }: see scripts/lint/directions.js.`,
  }));
}

/** @returns the ESLint configuration of the package in this folder. */
module.exports = function packageLint(dir) {
  const { name } = require(join(dir, 'package.json'));
  const isPure = pure.includes(name);
  return backstage(dir, {
    restrictedSrcImports: [
      ...forbiddenPackages(name),
      ...testBuilders,
      ...(isPure ? purity.imports : []),
    ],
    restrictedSrcSyntax: isPure ? purity.syntax : [],
    settings: {
      'import/resolver': {
        node: { extensions: ['.ts', '.tsx', '.js', '.jsx', '.json'] },
      },
    },
    rules: {
      '@backstage/no-mixed-plugin-imports': [
        'error',
        { excludedFiles: tests.map(glob => `**/${glob}`) },
      ],
      ...(rooms[name] && {
        'import/no-restricted-paths': [
          'error',
          { basePath: dir, zones: zones(name) },
        ],
      }),
      'max-lines': [
        'error',
        { max: 250, skipBlankLines: true, skipComments: true },
      ],
      // A file reads from the whole to its parts, so what is exported stands above what it uses.
      '@typescript-eslint/no-use-before-define': [
        'error',
        { functions: false, classes: false, variables: false, typedefs: false },
      ],
      'jest/expect-expect': [
        'error',
        { assertFunctionNames: ['expect', 'fc.assert'] },
      ],
      ...(isPure && {
        'no-restricted-globals': ['error', ...purity.globals],
        'no-restricted-properties': ['error', ...purity.properties],
      }),
    },
    overrides: [
      {
        // Browser tests are programs of Node, in whatever package they stand.
        files: ['e2e-tests/**'],
        rules: { 'no-restricted-imports': 'off' },
      },
      {
        files: [...tests, '**/testUtils/**'],
        rules: { 'import/no-restricted-paths': 'off' },
      },
      {
        files: shared,
        rules: { 'no-restricted-imports': 'off', 'jest/no-export': 'off' },
      },
      {
        files: [...tests, ...shared, '!src/**'],
        rules: {
          'no-restricted-globals': 'off',
          'no-restricted-properties': 'off',
          'max-lines': [
            'error',
            { max: 400, skipBlankLines: true, skipComments: true },
          ],
        },
      },
    ],
  });
};
