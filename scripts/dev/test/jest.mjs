/** Jest over all packages, counted from its own report. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, root } from '../places.mjs';
import { run, shown, tail } from '../step.mjs';
import { merged, secondChances } from './again.mjs';
import { yarn } from './command.mjs';

/** Answers of real systems, beside the checkout; tests that compare with them are skipped where it is absent. */
const shared = join(root, '../shared/data');

const NOT_RUN = ['pending', 'todo', 'skipped', 'disabled'];

/** @param only - what the paths of the wanted files contain; all of them when absent. */
export async function jest(context, only) {
  const { log, required } = context;
  const name = only ? `jest-${only.replace(/\W+/g, '-')}` : 'jest';
  const first = await reported(context, name, only ? [`${only}.test`] : []);
  if (!first.report) return { failed: 1, notes: [tail(log, 60)] };
  const { report, code, notes } = await withSecondChance(context, name, first);
  const counts = fromReport(report, {
    code,
    skippingForbidden: required('all'),
  });
  const missing = !existsSync(shared) && required('shared');
  return {
    ...counts,
    failed: counts.failed + (missing ? 1 : 0),
    notes: [
      ...notes,
      ...counts.notes,
      ...(missing ? [`${shared} is required, and is not there`] : []),
    ],
  };
}

async function withSecondChance(context, name, { report, code }) {
  const files = secondChances(report);
  if (files.length === 0) return { report, code, notes: [] };
  const second = await reported(
    { ...context, log: context.log.replace(/\.log$/, '-again.log') },
    `${name}-again`,
    ['--runInBand', ...files],
  );
  if (!second.report) return { report, code, notes: [] };
  return { ...merged(report, second.report), code: second.code };
}

/** Runs Jest. @returns its report, undefined where it made none, and its exit code. */
async function reported(context, name, args) {
  const file = join(cache, `${name}-report.json`);
  mkdirSync(cache, { recursive: true });
  rmSync(file, { force: true });
  const code = await run(
    yarn(
      context,
      ...['backstage-cli', 'repo', 'test', '--json', `--outputFile=${file}`],
      `--cacheDirectory=${join(cache, 'jest')}`,
      ...args,
    ),
    context,
  );
  const report = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : undefined;
  return { report, code };
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
