import { parse } from 'nunjucks/src/parser';
import { tags } from './engine';

/** A node of a template's syntax tree, as nunjucks' own parser makes it. */
export type SyntaxNode = {
  /** Such as `Output`, `Filter`, `Symbol`. */
  typename: string;
  /** From 0. */
  lineno: number;
  /** Names of the properties that hold other nodes or values. */
  fields: readonly string[];
  [field: string]: unknown;
};

/** @throws an Error of nunjucks when the text is no template. */
export function parseTemplate(text: string): SyntaxNode {
  const tree = parse(text, [], { tags });
  if (isNode(tree)) return tree;
  throw new Error('not a template');
}

/** Whether a value is a node of that type, or a node at all. */
export function isNode(value: unknown, typename?: string): value is SyntaxNode {
  return (
    typeof value === 'object' &&
    value !== null &&
    'typename' in value &&
    'fields' in value &&
    (typename === undefined || value.typename === typename)
  );
}

/** @returns the nodes right below one, in order. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return node.fields.flatMap(field => {
    const value = node[field];
    return (Array.isArray(value) ? value : [value]).filter(child =>
      isNode(child),
    );
  });
}

/** @returns the node and everything below it. */
export function everyNode(node: SyntaxNode): SyntaxNode[] {
  return [node, ...childrenOf(node).flatMap(everyNode)];
}
