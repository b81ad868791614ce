/** How ./dev test counts and in which order it runs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { merged, secondChances } from './test/again.mjs';
import { fromTap } from './test/command.mjs';
import { fromReport } from './test/jest.mjs';
import { runGroups } from './test/schedule.mjs';

const jestReport = {
  numPassedTests: 5,
  numFailedTests: 1,
  numRuntimeErrorTestSuites: 1,
  testResults: [
    {
      name: '/x/a.test.ts',
      status: 'failed',
      message: 'expected 1, received 2',
      assertionResults: [
        { status: 'failed', fullName: 'a does it' },
        { status: 'pending', fullName: 'a needs a cluster' },
      ],
    },
  ],
};

test('counts what jest reports, and names what did not run', () => {
  const { notes, ...counts } = fromReport(jestReport, {
    code: 1,
    skippingForbidden: false,
  });
  assert.deepEqual(counts, { passed: 5, failed: 2, skipped: 1 });
  assert.match(notes.join('\n'), /expected 1, received 2/);
  assert.match(notes.join('\n'), /\/x\/a\.test\.ts: a needs a cluster$/);
});

test('a test that did not run has failed where skipping is forbidden', () => {
  const { failed, skipped } = fromReport(jestReport, {
    code: 1,
    skippingForbidden: true,
  });
  assert.deepEqual({ failed, skipped }, { failed: 3, skipped: 0 });
});

test('a runner that fails without a failing test has failed', () => {
  const clean = {
    numPassedTests: 5,
    numFailedTests: 0,
    numRuntimeErrorTestSuites: 0,
    testResults: [],
  };
  assert.equal(
    fromReport(clean, { code: 1, skippingForbidden: false }).failed,
    1,
  );
});

const file = (name, ...statuses) => ({
  name: `/x/${name}`,
  status: statuses.includes('failed') ? 'failed' : 'passed',
  message: `${name} says ${statuses}`,
  assertionResults: statuses.map(status => ({ status, fullName: name })),
});

test('what failed gets a second chance, when it is not much', () => {
  const restarts = file('restarts.platform.test.ts', 'passed', 'failed');
  const chances = (...testResults) => secondChances({ testResults });
  assert.deepEqual(chances(restarts, file('a.test.ts', 'passed')), [
    '/x/restarts.platform.test.ts',
  ]);
  assert.deepEqual(chances(...Array(5).fill(restarts)), []);
});

test('what passes alone counts as passed, and is named with what it said before', () => {
  const first = {
    testResults: [
      file('restarts.platform.test.ts', 'passed', 'failed'),
      file('kill.platform.test.ts', 'failed'),
      file('a.test.ts', 'passed'),
    ],
  };
  const second = {
    testResults: [
      file('restarts.platform.test.ts', 'passed', 'passed'),
      file('kill.platform.test.ts', 'failed'),
    ],
  };
  const { report, notes } = merged(first, second);
  const { passed, failed } = fromReport(report, {
    code: 1,
    skippingForbidden: true,
  });
  assert.deepEqual([passed, failed], [3, 1]);
  assert.match(
    notes[0],
    /^\/x\/restarts\.platform\.test\.ts: failed beside the others[^]*says passed,failed$/,
  );
});

test('counts what Node’s own runner reports', () => {
  const tap =
    'ok 1 - a\nok 2 - b # SKIP no cluster\n# pass 1\n# fail 0\n# skipped 1\n';
  assert.deepEqual(fromTap(tap, 0), {
    passed: 1,
    failed: 0,
    skipped: 1,
    notes: ['b (no cluster)'],
  });
});

test('two groups share the machine, one that is alone does not, and order holds', async () => {
  const seen = [];
  const group = (name, more) => ({
    name,
    what: name,
    async run() {
      seen.push(`+${name}`);
      await new Promise(resolve => setImmediate(resolve));
      seen.push(`-${name}`);
      return { passed: 1 };
    },
    ...more,
  });
  const results = await runGroups(
    [
      group('a'),
      group('b', { after: ['a'] }),
      group('c'),
      group('big', { alone: true }),
      group('absent', { lacks: () => 'no such thing', requirement: 'thing' }),
    ],
    { required: name => name === 'thing' },
  );
  assert.deepEqual(
    seen.filter(entry => entry.endsWith('big')),
    seen.slice(-2),
  );
  assert.ok(seen.indexOf('+b') > seen.indexOf('-a'));
  assert.deepEqual(
    results.map(({ name, passed, failed }) => ({ name, passed, failed })),
    [
      { name: 'a', passed: 1, failed: 0 },
      { name: 'b', passed: 1, failed: 0 },
      { name: 'c', passed: 1, failed: 0 },
      { name: 'big', passed: 1, failed: 0 },
      { name: 'absent', passed: 0, failed: 1 },
    ],
  );
});

test('a group that runs beside the others holds up only who comes after it', async () => {
  const seen = [];
  let letBuildEnd;
  const build = {
    name: 'build',
    what: 'build',
    beside: true,
    async run() {
      await new Promise(resolve => {
        letBuildEnd = resolve;
      });
      seen.push('build');
      return { passed: 1 };
    },
  };
  const quick = (name, more) => ({
    name,
    what: name,
    async run() {
      seen.push(name);
      return { passed: 1 };
    },
    ...more,
  });
  await runGroups(
    [
      build,
      quick('needs it', { after: ['build'], alone: true }),
      quick('a'),
      quick('big', {
        alone: true,
        async run() {
          seen.push('big');
          letBuildEnd();
          return { passed: 1 };
        },
      }),
    ],
    { required: () => false },
  );
  assert.deepEqual(seen, ['a', 'big', 'build', 'needs it']);
});
