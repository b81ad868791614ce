import type { ASTNode } from '@marcbachmann/cel-js';

/** Methods that bind a name and evaluate an argument once per element. */
const comprehensions = new Set([
  'all',
  'exists',
  'exists_one',
  'map',
  'filter',
]);

/** Members of a node that say where it was written. */
const positions = new Set(['pos', 'start', 'end']);

/** @returns whether the node evaluates its arguments once per element of its receiver. */
export function isComprehension(node: ASTNode): boolean {
  return node.op === 'rcall' && comprehensions.has(node.args[0]);
}

/** @returns the parts of an expression, in the order they are written. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case '!_':
    case '-_':
      return [node.args];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    default:
      return node.args;
  }
}

/** Calls back for every node, parents first, with the number of comprehensions around it. */
export function walk(
  node: ASTNode,
  visit: (node: ASTNode, depth: number) => void,
  depth = 0,
): void {
  visit(node, depth);
  childrenOf(node).forEach((child, index) =>
    walk(child, visit, isComprehension(node) && index > 0 ? depth + 1 : depth),
  );
}

/** @returns whether two trees say the same, wherever they were written. */
export function sameTree(left: ASTNode, right: ASTNode): boolean {
  return structureOf(left) === structureOf(right);
}

/** A list `[op, …parts]`; positions are left out. */
function structureOf(node: ASTNode): string {
  return JSON.stringify(node.toOldStructure(), (key, value) => {
    if (positions.has(key)) return undefined;
    return typeof value === 'bigint' ? `${value}n` : value;
  });
}

/** @returns the parts of a top-level `&&`, or the expression itself. */
export function conjunctsOf(node: ASTNode): readonly ASTNode[] {
  return node.op === '&&' ? node.args.flatMap(conjunctsOf) : [node];
}

/** @returns the path below `object` that the expression reads first, such as `metadata.labels["a/b"]`. */
export function firstPathOf(node: ASTNode): string | undefined {
  const path = pathOf(node);
  if (path) return path;
  for (const child of childrenOf(node)) {
    const found = firstPathOf(child);
    if (found) return found;
  }
  return undefined;
}

function pathOf(node: ASTNode): string | undefined {
  const steps: string[] = [];
  let current = node;
  while (current.op !== 'id') {
    switch (current.op) {
      case '.':
      case '.?':
        steps.unshift(`.${current.args[1]}`);
        break;
      case '[]':
      case '[?]': {
        const key = current.args[1];
        if (key.op !== 'value') return undefined;
        steps.unshift(
          typeof key.args === 'string'
            ? `[${JSON.stringify(key.args)}]`
            : `[${key.args}]`,
        );
        break;
      }
      default:
        return undefined;
    }
    current = current.args[0];
  }
  return current.args === 'object' && steps.length > 0
    ? steps.join('').replace(/^\./, '')
    : undefined;
}
