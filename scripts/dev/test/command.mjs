/** Groups that are commands: one passed or failed each; and groups of Node's own test runner, counted by it. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { yarnRelease } from '../dependencies.mjs';
import { root } from '../places.mjs';
import { run, tail } from '../step.mjs';

/** @returns a command of a package that is installed at the root. */
export const yarn = ({ node }, ...args) => [
  join(node, 'bin', 'node'),
  yarnRelease(),
  ...args,
];

/** Runs commands one after another, until one fails. */
export async function command({ log, env }, ...commands) {
  for (const [done, each] of commands.entries()) {
    if ((await run(each, { log, env })) !== 0)
      return { passed: done, failed: 1 };
  }
  return { passed: commands.length };
}

/** Runs the `*.test.mjs` of folders. */
export async function nodeTests({ node, log, env }, folders) {
  const files = folders
    .map(folder => join(root, folder))
    .filter(existsSync)
    .flatMap(folder =>
      readdirSync(folder)
        .filter(name => name.endsWith('.test.mjs'))
        .map(name => join(folder, name)),
    );
  const code = await run(
    [join(node, 'bin', 'node'), '--test', '--test-reporter=tap', ...files],
    { log, env },
  );
  return fromTap(readFileSync(log, 'utf8'), code, log);
}

/** @returns the counts that end a TAP report. */
export function fromTap(text, code, log) {
  const count = word =>
    Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  const failed = count('fail') + count('cancelled');
  return {
    passed: count('pass'),
    failed: failed || (code === 0 ? 0 : 1),
    skipped: count('skipped') + count('todo'),
    notes: failed ? failures(text) : code === 0 ? skips(text) : [tail(log)],
  };
}

/** @returns what is known about each test that failed, the way it was reported. */
const failures = text =>
  [...text.matchAll(/^( *)not ok [^]*?\n\1 {2}\.\.\.$/gm)].map(([block]) =>
    block.split('\n').slice(0, 40).join('\n'),
  );

const skips = text =>
  [...text.matchAll(/^\s*ok \d+ - (.*) # SKIP ?(.*)$/gm)].map(
    ([, name, why]) => `${name}${why && ` (${why})`}`,
  );
