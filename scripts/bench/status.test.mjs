/** The bench of statuses runs, at a size of seconds. What it measures is judged by nobody here: machines differ. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shortBench } from './shortBench.mjs';

test('the short bench reads statuses and batches, asks no API server meanwhile, and names machine, load and command', async () => {
  const { command, machine, figures } = await shortBench(
    'status',
    '--short',
    '--rows=read,batch',
  );
  assert.equal(command, './dev bench status --short --rows=read,batch --json');
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
