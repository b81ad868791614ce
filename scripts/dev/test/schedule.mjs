/**
 * Runs groups in their order, two at a time where each keeps one core busy; a group that is `alone` has both, but for those
 * that run `beside` with low priority.
 */
import { begin } from '../progress.mjs';
import { logOf } from '../step.mjs';

/** @returns the result of each group, in the order of the groups. */
export async function runGroups(groups, context) {
  const waiting = [...groups];
  const running = new Map();
  const results = new Map();

  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.find(group =>
      mayStart(group, [...running.keys()], waiting),
    );
    if (next) {
      waiting.splice(waiting.indexOf(next), 1);
      const done = runGroup(next, context).then(result => {
        results.set(next.name, result);
        running.delete(next);
      });
      running.set(next, done);
    } else {
      await Promise.race(running.values());
    }
  }
  return groups.map(group => results.get(group.name));
}

function mayStart(group, running, waiting) {
  const busy = running.filter(other => !other.beside);
  if (!group.beside) {
    if (busy.length > 1 || busy.some(other => other.alone)) return false;
    if (group.alone && busy.length > 0) return false;
  }
  const unfinished = [...running, ...waiting].map(other => other.name);
  return !(group.after ?? []).some(name => unfinished.includes(name));
}

/** @returns `{ name, passed, failed, skipped, notes, ms, log }`. */
async function runGroup(group, context) {
  const result = {
    name: group.name,
    passed: 0,
    failed: 0,
    skipped: 0,
    notes: [],
  };
  const lacks = await group.lacks?.(context);
  if (lacks) {
    const required = context.required(group.requirement ?? 'all');
    console.log(
      `- ${group.name}: ${required ? 'failed' : 'skipped'}, ${lacks}`,
    );
    return { ...result, [required ? 'failed' : 'skipped']: 1, notes: [lacks] };
  }
  const log = logOf(`test-${group.name}`);
  const ended = begin(`${group.name}: ${group.what}`);
  let outcome;
  try {
    outcome = await group.run({ ...context, log });
  } catch (error) {
    outcome = { failed: 1, notes: [String(error.stack ?? error)] };
  }
  const ms = ended(outcome.failed ? '✗' : '✓');
  return { ...result, ...outcome, ms, log };
}
