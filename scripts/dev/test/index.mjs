/**
 * Every test that this machine can run.
 *
 *   groups ─► wanted ones ─► two at a time where they leave a core free ─► one count
 *
 * Ends with the line `N passed, N failed, N skipped`. What a machine lacks is skipped, named and explained, unless it
 * is required (`--require browser,docs,platform,shared`, `all` in `.ci/run`): then its absence is a failure.
 */
import { read } from '../arguments.mjs';
import { Stop } from '../stop.mjs';
import { groups } from './groups.mjs';
import { runGroups } from './schedule.mjs';
import { report, summary } from './report.mjs';

/** @throws Stop when a group or a requirement is unknown. @returns what was asked for. */
export function check(args) {
  const { values, positionals } = read(
    'test',
    args,
    { require: { type: 'string' }, list: { type: 'boolean' } },
    true,
  );
  return {
    list: values.list,
    wanted: chosen(positionals),
    required: requirementsOf(
      values.require ?? process.env.MESHWAY_REQUIRE ?? '',
    ),
  };
}

export default async function test(args, { node, env }) {
  const { list, wanted, required } = check(args);
  if (list) {
    for (const { name, what } of groups) {
      console.log(`${name.padEnd(18)} ${what}`);
    }
    return 0;
  }
  const context = {
    node,
    env: {
      ...env,
      CI: 'true',
      MESHWAY_REQUIRE: [...required].join(','),
    },
    required: name => required.has('all') || required.has(name),
  };
  const results = await runGroups(wanted, context);
  return report(results) + summary(results);
}

const REQUIREMENTS = ['all', 'browser', 'docs', 'platform', 'shared'];

function requirementsOf(text) {
  const names = text.split(',').filter(Boolean);
  const unknown = names.find(name => !REQUIREMENTS.includes(name));
  if (unknown) {
    throw new Stop(
      `--require: "${unknown}" is nothing that can be required. There are ${REQUIREMENTS.join(
        ', ',
      )}.`,
    );
  }
  return new Set(names);
}

function chosen(names) {
  const unknown = names.find(name => !groups.some(g => g.name === name));
  if (unknown) {
    throw new Stop(
      `There is no test group "${unknown}". The groups are ${groups
        .map(group => group.name)
        .join(', ')}.`,
    );
  }
  return names.length === 0
    ? groups.filter(({ byName }) => !byName)
    : groups.filter(group => names.includes(group.name));
}
