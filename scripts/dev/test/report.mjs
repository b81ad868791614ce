/** What the results mean: the failing parts in full, a table, and the last line. */
import { existsSync } from 'node:fs';
import { duration } from '../progress.mjs';
import { shown, tail } from '../step.mjs';

/** Prints what failed, what was skipped, and the times. @returns 0. */
export function report(results) {
  for (const { name, failed, log, notes } of results) {
    if (!failed) continue;
    console.log(`\n─── ${name} failed ${'─'.repeat(40)}`);
    if (notes.length > 0) console.log(notes.join('\n'));
    else if (log && existsSync(log)) console.log(tail(log, 60));
    if (log) console.log(`The whole log: ${shown(log)}`);
  }
  console.log('');
  for (const { name, passed, failed, skipped, ms } of results) {
    const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
    console.log(
      `${name.padEnd(12)} ${counts.padEnd(38)} ${ms ? duration(ms) : ''}`,
    );
  }
  for (const { name, skipped, notes } of results) {
    if (skipped) console.log(`skipped in ${name}:\n  ${notes.join('\n  ')}`);
  }
  return 0;
}

/** Prints the last line. @returns the exit code. */
export function summary(results) {
  const total = key => results.reduce((sum, result) => sum + result[key], 0);
  console.log(
    `${total('passed')} passed, ${total('failed')} failed, ${total(
      'skipped',
    )} skipped`,
  );
  return total('failed') > 0 ? 1 : 0;
}
