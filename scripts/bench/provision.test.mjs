/** The bench of provisioning runs, for two services. What it measures is judged by nobody here: machines differ. */
import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { missingTools } from '../dev/test/platform.mjs';
import { shortBench } from './shortBench.mjs';

const node = dirname(dirname(process.execPath));
const skip = missingTools({ node, env: process.env }) ?? false;

test(
  'each operation is counted for each service, and what is there already is not written again',
  { skip },
  async () => {
    const { runs, machine } = await shortBench('provision', '--services=2');
    assert.ok(machine.processor && machine.cores > 0);
    const [{ services, operations }] = runs;
    const counted = Object.entries(operations).map(([name, measured]) => [
      name,
      measured.services,
      measured.milliseconds.median > 0,
      measured.requests.byClass.write > 0,
    ]);
    assert.deepEqual(
      [services, counted],
      [
        2,
        [
          ['plan (new)', 2, true, false],
          ['apply (first)', 2, true, true],
          ['apply (repeated)', 2, true, false],
          ['plan (nothing to do)', 2, true, false],
          ['retire', 2, true, true],
        ],
      ],
    );
  },
);
