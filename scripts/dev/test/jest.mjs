/** Jest over all packages, counted from its own report. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from '../places.mjs';
import { run, shown, tail } from '../step.mjs';
import { yarn } from './command.mjs';

/** Answers of real systems, beside the checkout; tests that compare with them are skipped where it is absent. */
const shared = join(root, '../shared/data');

const NOT_RUN = ['pending', 'todo', 'skipped', 'disabled'];

/** @param only - what the paths of the wanted files contain; all of them when absent. */
export async function jest(context, only) {
  const { log, env, required } = context;
  const file = join(
    cache,
    only ? `jest-report-${only.replace(/\W+/g, '-')}.json` : 'jest-report.json',
  );
  mkdirSync(cache, { recursive: true });
  rmSync(file, { force: true });
  const code = await run(
    yarn(
      context,
      ...['backstage-cli', 'repo', 'test', '--json', `--outputFile=${file}`],
      `--cacheDirectory=${join(cache, 'jest')}`,
      ...(only ? [`${only}.test`] : []),
    ),
    { log, env },
  );
  if (!existsSync(file)) return { failed: 1, notes: [tail(log, 60)] };
  const counts = fromReport(JSON.parse(readFileSync(file, 'utf8')), {
    code,
    skippingForbidden: required('all'),
  });
  if (existsSync(shared) || !required('shared')) return counts;
  return {
    ...counts,
    failed: counts.failed + 1,
    notes: [...counts.notes, `${shared} is required, and is not there`],
  };
}

/** @returns the counts of Jest's report; a test that did not run counts as failed where skipping is forbidden. */
export function fromReport(report, { code, skippingForbidden }) {
  const tests = report.testResults.flatMap(suite =>
    suite.assertionResults.map(test => ({ ...test, file: shown(suite.name) })),
  );
  const notRun = tests.filter(({ status }) => NOT_RUN.includes(status));
  const broken = report.testResults.filter(
    suite => suite.status === 'failed' && suite.message,
  );
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  const forbidden = skippingForbidden ? notRun.length : 0;
  return {
    passed: report.numPassedTests,
    failed: failed + forbidden || (code === 0 ? 0 : 1),
    skipped: skippingForbidden ? 0 : notRun.length,
    notes: [
      ...broken.map(suite => suite.message),
      ...(forbidden ? ['Skipped, though skipping is forbidden:'] : []),
      ...perFile(notRun),
    ],
  };
}

/** A platform that is absent skips whole files: the first test of a file says why. */
function perFile(tests) {
  const files = new Map();
  for (const { file, fullName } of tests) {
    files.set(file, [...(files.get(file) ?? []), fullName]);
  }
  return [...files].map(([file, [first, ...more]]) => {
    const others = more.length > 0 ? ` (and ${more.length} more)` : '';
    return `${file.replace(`${root}/`, '')}: ${first}${others}`;
  });
}
