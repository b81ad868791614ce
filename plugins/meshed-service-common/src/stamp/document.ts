import { InputError } from '@backstage/errors';
import { isAlias, isNode, LineCounter, parseAllDocuments, visit } from 'yaml';

/** No stamp that Meshway writes comes near it. */
const limit = 1024 * 1024;

/** One YAML document, and where in the file each of its fields stands. */
export type LocatedDocument = {
  value: unknown;
  /** @returns 1-based line of a field, or of the closest parent that exists. */
  lineOf(path: ReadonlyArray<string | number>): number;
};

/**
 * Reads a file that holds exactly one YAML document. Everything that YAML can do beyond JSON is refused: anchors and
 * aliases (which can explode), tags, repeated keys, several documents.
 *
 * @throws InputError that names the file and the line.
 */
export function readDocument(text: string, file: string): LocatedDocument {
  if (text.length > limit)
    throw new InputError(
      `${file}: is larger than 1 MB; a stamp is not, so this is something else`,
    );
  const lines = new LineCounter();
  const fail = (offset: number, message: string): never => {
    throw new InputError(
      `${file}:${lines.linePos(offset).line || 1}: ${message}`,
    );
  };
  const [document, ...others] = parse(text, file, lines);
  if (document === undefined) throw new InputError(`${file}: is empty`);
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) fail(problem.pos[0], firstLine(problem.message));
  if (others.length > 0)
    fail(others[0].range[0], 'holds a second document; a stamp is exactly one');
  visit(document, {
    Node(_, node) {
      const anchored = 'anchor' in node && node.anchor;
      if (isAlias(node) || anchored)
        fail(
          node.range?.[0] ?? 0,
          'uses a YAML anchor or alias; write the value itself',
        );
    },
  });
  return {
    value: document.toJS(),
    lineOf(path) {
      for (let length = path.length; length > 0; length--) {
        const node = document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range)
          return lines.linePos(node.range[0]).line;
      }
      return 1;
    },
  };
}

function parse(text: string, file: string, lineCounter: LineCounter) {
  try {
    const documents = parseAllDocuments(text, {
      lineCounter,
      prettyErrors: false,
      stringKeys: true,
      uniqueKeys: true,
    });
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    // Too deeply nested for the parser's stack.
    if (error instanceof RangeError)
      throw new InputError(`${file}: is nested too deeply`);
    throw error;
  }
}

function firstLine(message: string): string {
  return message.split('\n')[0].slice(0, 200);
}
