import { engine, tags } from './engine';
import { Skeleton } from './readSkeleton';
import {
  childrenOf,
  everyNode,
  isNode,
  parseTemplate,
  SyntaxNode,
} from './syntax';

/** What is wrong with a skeleton, and where. @public */
export type SkeletonProblem = { path: string; line: number; message: string };

/** Tags that reach outside of the file, or that hide what is rendered. */
const refusedTags = [
  'Include',
  'Import',
  'FromImport',
  'Extends',
  'Block',
  'Macro',
  'Caller',
  'CallExtension',
];

/**
 * Checks a skeleton without rendering it: every variable is supplied, every filter exists, and every value in YAML ends in
 * `| dump` and stands where a whole value stands, because there anything else would be an injection.
 *
 * @param supplied - names below `values`.
 *
 * @public
 */
export function lintSkeleton(
  skeleton: Skeleton,
  supplied: readonly string[],
): SkeletonProblem[] {
  return [...skeleton].flatMap(([path, text]) => {
    const isYaml = /\.ya?ml$/.test(path);
    return [
      ...problemsIn(path, supplied, false),
      ...problemsIn(text, supplied, isYaml),
      ...(isYaml ? placesIn(text) : []),
    ].map(problem => ({ path, ...problem }));
  });
}

type Problem = { line: number; message: string };

function problemsIn(
  text: string,
  supplied: readonly string[],
  isYaml: boolean,
): Problem[] {
  let nodes: SyntaxNode[];
  try {
    nodes = everyNode(parseTemplate(text));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, line = '1'] = /line (\d+)/i.exec(message) ?? [];
    const reason = message.split('\n').pop()?.trim() ?? '';
    return [{ line: Number(line), message: reason }];
  }
  const bound = boundNames(nodes);
  const filterNames = new Set(
    nodes.filter(node => isNode(node, 'Filter')).map(filter => filter.name),
  );
  return nodes.flatMap(node =>
    complaints(node, { supplied, bound, filterNames, isYaml }).map(message => ({
      line: node.lineno + 1,
      message,
    })),
  );
}

type Known = {
  supplied: readonly string[];
  bound: ReadonlySet<unknown>;
  filterNames: ReadonlySet<unknown>;
  isYaml: boolean;
};

function complaints(node: SyntaxNode, known: Known): string[] {
  if (refusedTags.includes(node.typename))
    return [`${node.typename} is not used in skeletons`];
  switch (node.typename) {
    case 'Filter':
      return hasFilter(filterOf(node))
        ? []
        : [`there is no filter ${filterOf(node)}`];
    case 'Symbol':
      return known.bound.has(node.value) || known.filterNames.has(node)
        ? []
        : [`${node.value} is not supplied; write values.<name>`];
    case 'LookupVal':
      return unknownValue(node, known.supplied);
    case 'Output':
      return known.isYaml && childrenOf(node).some(child => !isSafe(child))
        ? ['a value in YAML must end in "| dump"']
        : [];
    default:
      return [];
  }
}

function unknownValue(node: SyntaxNode, supplied: readonly string[]): string[] {
  const { target, val } = node;
  if (!isNode(target, 'Symbol') || target.value !== 'values') return [];
  if (isNode(val, 'Literal') && supplied.includes(String(val.value))) return [];
  return [
    `values.${
      isNode(val, 'Literal') ? val.value : '<computed>'
    } is not supplied`,
  ];
}

/** Text of the skeleton itself, or a value as JSON, which is YAML too and cannot be broken out of. */
function isSafe(node: SyntaxNode): boolean {
  return (
    isNode(node, 'TemplateData') ||
    (isNode(node, 'Filter') && filterOf(node) === 'dump')
  );
}

function filterOf(node: SyntaxNode): string {
  return isNode(node.name) ? String(node.name.value) : '';
}

/** Names that `for` and `set` give to values; `loop` is given by `for`. */
function boundNames(nodes: readonly SyntaxNode[]): ReadonlySet<unknown> {
  const targets = nodes.flatMap((node): unknown[] => {
    if (node.typename === 'For') return [node.name];
    if (node.typename !== 'Set') return [];
    return Array.isArray(node.targets) ? node.targets : [];
  });
  const symbols = targets
    .flatMap(target => (isNode(target) ? everyNode(target) : []))
    .filter(node => isNode(node, 'Symbol'));
  return new Set([...symbols.map(({ value }) => value), 'values', 'loop']);
}

/** A value stands alone as an item, a key or a value, never inside of quotes or beside other text. */
function placesIn(text: string): Problem[] {
  const wholeLine = /^\s*(?:- +)*(?:(?:@|[\w./-]+): +)?@\s*$/;
  return text.split('\n').flatMap((line, index) => {
    if (!line.includes(tags.variableStart)) return [];
    const shape = line.replace(/\{%.*?%\}/g, '').replace(/\$\{\{.*?\}\}/g, '@');
    return wholeLine.test(shape)
      ? []
      : [
          {
            line: index + 1,
            message:
              'a value in YAML must stand alone after its key or dash, on one line',
          },
        ];
  });
}

function hasFilter(name: string): boolean {
  try {
    return Boolean(engine.getFilter(name));
  } catch {
    return false;
  }
}
