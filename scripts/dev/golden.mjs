/**
 * The golden steps in examples/: what the code makes of them, written (or with `--check` only compared).
 *
 *   examples/<name>/1-input ─► *.golden.test.ts ─► 2-spec, 3-bundle, 5-status
 *
 * The tests named `*.golden.test.ts` compare the steps, and write them when `MESHWAY_GOLDEN` is `write`.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { read } from './arguments.mjs';
import { yarnRelease } from './dependencies.mjs';
import { cache } from './places.mjs';
import { step } from './step.mjs';
import { Stop } from './stop.mjs';

/** @throws Stop when an argument is unknown. */
export function check(args) {
  return read('golden', args, { check: { type: 'boolean' } }).values;
}

export default async function golden(args, { node, env }) {
  const compareOnly = check(args).check;
  const report = join(cache, 'golden-report.json');
  mkdirSync(cache, { recursive: true });
  rmSync(report, { force: true });
  await step(
    compareOnly ? 'Golden steps, compared' : 'Golden steps, written',
    [
      ...[join(node, 'bin', 'node'), yarnRelease(), 'backstage-cli'],
      ...['repo', 'test', 'golden\\.test\\.ts$', '--ci'],
      ...['--json', `--outputFile=${report}`],
    ],
    {
      name: 'golden',
      env: {
        ...env,
        CI: 'true',
        MESHWAY_GOLDEN: compareOnly ? 'compare' : 'write',
      },
      whenItFails: compareOnly
        ? 'The golden steps are not what the code makes. Run ./dev golden, read the diff, and commit it if it is right.'
        : 'The golden steps could not be made.',
    },
  );
  const ran = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8')).numTotalTests
    : 0;
  if (ran === 0)
    throw new Stop('No *.golden.test.ts was found: nothing was compared.');
  return 0;
}
