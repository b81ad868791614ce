/** The bench of statuses runs, at a size of seconds. What it measures is judged by nobody here: machines differ. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { check } from '../dev/bench.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function bench(...args) {
  const [program, ...told] = check(['status', '--short', '--json', ...args]);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
      `scripts/bench/${program}`,
      ...told,
    ],
    { cwd: root },
  );
  return JSON.parse(stdout);
}

test('the short bench reads statuses and batches, asks no API server meanwhile, and names machine, load and command', async () => {
  const { command, machine, figures } = await bench('--rows=read,batch');
  assert.equal(command, './dev bench status --short --json --rows=read,batch');
  assert.deepEqual(Object.keys(machine), [
    'processor',
    'cores',
    'memoryGiB',
    'node',
    'system',
    'loadBefore',
    'loadAfter',
  ]);
  const asked = figures.find(({ what }) => what.includes('API server'));
  assert.equal(`${asked.measured} ${asked.bar} ${asked.reached}`, '0 ≤ 0 true');
  assert.deepEqual(
    figures.filter(({ bar }) => bar).map(({ row, bar }) => `${row} ${bar}`),
    ['read ≤ 0', 'read ≤ 1.3×', 'read ≤ 1.5×', 'read ≤ 1.1×', 'batch ≤ 2×'],
  );
});
