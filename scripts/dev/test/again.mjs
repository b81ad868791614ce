/**
 * A second chance, alone. Beside the others a test shares two processors with some fifteen servers of the platform, and a
 * limit that is met there says little. What fails alone, too, has failed; what does not is named all the same, to be mended.
 */
import { shown } from '../step.mjs';

/** More than these are no accident. */
const MOST = 4;

const hasFailed = ({ status }) => status === 'failed';

/** @returns the files to run again: every one that failed, or none. */
export function secondChances({ testResults }) {
  const files = testResults.filter(hasFailed).map(({ name }) => name);
  return files.length <= MOST ? files : [];
}

/** @returns the first report, with what the second says of the files that ran again; and a note on each of them. */
export function merged(first, second) {
  const again = new Map(second.testResults.map(each => [each.name, each]));
  const testResults = first.testResults.map(each =>
    hasFailed(each) ? again.get(each.name) ?? each : each,
  );
  const tests = testResults.flatMap(each => each.assertionResults);
  const count = wanted =>
    tests.filter(({ status }) => status === wanted).length;
  return {
    report: {
      numPassedTests: count('passed'),
      numFailedTests: count('failed'),
      numRuntimeErrorTestSuites: testResults.filter(
        each => hasFailed(each) && !each.assertionResults.some(hasFailed),
      ).length,
      testResults,
    },
    notes: first.testResults
      .filter(each => hasFailed(each) && again.has(each.name))
      .map(
        ({ name, message }) =>
          `${shown(
            name,
          )}: failed beside the others, and was run again alone. The first time:\n${message}`,
      ),
  };
}
