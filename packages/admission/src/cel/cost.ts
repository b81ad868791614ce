import type { ASTNode } from '@marcbachmann/cel-js';
import { CelEvaluationError, Extent } from './CelEngine';
import { walk } from './syntaxTree';

/** Steps that one expression may take; about two seconds on a slow core. */
const budget = 20_000_000;
/** What matching one character costs, in steps (measured: RE2 in JavaScript). */
const stepsPerMatchedCharacter = 8;

/** How often the parts of an expression are evaluated, by how many lists are gone through around them. */
export type Cost = {
  readonly steps: readonly number[];
  readonly matches: readonly number[];
  /** The expression makes lists out of text. */
  readonly splits: boolean;
};

/** @returns the cost of an expression, before anything is known about its values. */
export function costOf(root: ASTNode): Cost {
  const steps = [0, 0, 0, 0, 0];
  const matches = [0, 0, 0, 0, 0];
  let splits = false;
  walk(root, (node, depth) => {
    steps[node.op === 'in' ? depth + 1 : depth] += 1;
    if (node.op !== 'rcall') return;
    if (node.args[0] === 'matches') matches[depth] += 1;
    if (node.args[0] === 'split') splits = true;
  });
  return { steps, matches, splits };
}

/**
 * Refuses to start what may take too long: the engine itself has no limit on time.
 * @throws CelEvaluationError
 */
export function checkCost(cost: Cost, extent: Extent): void {
  const length = Math.max(
    extent.longestList,
    cost.splits ? extent.longestText : 0,
    1,
  );
  const matched = extent.longestText * stepsPerMatchedCharacter;
  const total = cost.steps.reduce(
    (sum, count, depth) =>
      sum + (count + cost.matches[depth] * matched) * length ** depth,
    0,
  );
  if (total > budget)
    throw new CelEvaluationError(
      'the object holds lists or texts that are too long for this rule to be judged in time',
    );
}
