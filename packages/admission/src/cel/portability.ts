import type { ASTNode } from '@marcbachmann/cel-js';
import { CelCompileError } from './CelEngine';
import { compilePattern } from './regularExpressions';
import { walk } from './syntaxTree';

/** What an API server and this engine both have, and agree on. Anything else is refused when a rule is loaded. */
const functions = new Set([
  'has',
  'size',
  'string',
  'int',
  'double',
  'bool',
  'type',
  'dyn',
  'quantity',
  'isQuantity',
  'isIP',
  'isCIDR',
  'cidr',
]);

const methods = new Set([
  'all',
  'exists',
  'exists_one',
  'map',
  'filter',
  'size',
  'startsWith',
  'endsWith',
  'contains',
  'matches',
  'lowerAscii',
  'upperAscii',
  'trim',
  'replace',
  'split',
  'join',
  'indexOf',
  'lastIndexOf',
  'substring',
  'orValue',
  'hasValue',
  'value',
  'compareTo',
  'isLessThan',
  'isGreaterThan',
  'containsCIDR',
  'containsIP',
]);

const deepestComprehension = 3;

/**
 * Refuses what an API server would refuse although this engine takes it, and what this engine judges differently.
 * @throws CelCompileError pointing at the place.
 */
export function checkPortability(root: ASTNode): void {
  walk(root, (node, depth) => {
    if (depth > deepestComprehension)
      throw new CelCompileError(
        `more than ${deepestComprehension} lists are gone through inside each other`,
        node.start,
      );
    if (node.op === 'id' && node.args === 'authorizer')
      throw new CelCompileError(
        'authorizer asks an API server, which is not there when a rule is judged before admission',
        node.start,
      );
    if (node.op === 'call') checkCall(node.args[0], node.args[1], node);
    if (node.op === 'rcall') {
      const [name, , values] = node.args;
      if (!methods.has(name))
        throw new CelCompileError(
          `.${name}() is not among the functions that rules may use`,
          node.start,
        );
      if (name === 'matches') checkPattern(values);
    }
  });
}

function checkCall(
  name: string,
  values: readonly ASTNode[],
  node: ASTNode,
): void {
  if (!functions.has(name))
    throw new CelCompileError(
      `${name}() is not among the functions that rules may use`,
      node.start,
    );
  if (name === 'has') checkHas(values, node);
}

function checkHas(values: readonly ASTNode[], node: ASTNode): void {
  let step = values[0];
  if (values.length !== 1 || step.op !== '.')
    throw new CelCompileError(
      'has() takes a field, such as has(object.spec)',
      node.start,
    );
  while (step.op === '.') step = step.args[0];
  if (step.op !== 'id')
    throw new CelCompileError(
      'has() takes a chain of plain fields; use .? and hasValue() for anything else',
      node.start,
    );
}

function checkPattern(values: readonly ASTNode[]): void {
  const [pattern] = values;
  if (pattern?.op !== 'value' || typeof pattern.args !== 'string') return;
  try {
    compilePattern(pattern.args);
  } catch (error) {
    throw new CelCompileError(
      `an API server would refuse the pattern: ${
        error instanceof Error ? error.message : String(error)
      }`,
      pattern.start,
    );
  }
}
