import { isMap, isNode, LineCounter, parseAllDocuments } from 'yaml';
import type { Document } from 'yaml';
import { InvalidPolicyError } from './InvalidPolicyError';

const longestFile = 512_000;
const mostAliases = 200;

/** One YAML document of a file. @public */
export type YamlDocument = {
  readonly file: string;
  readonly value: unknown;
  /** @returns the line at which a value, or the nearest one around it, is written. */
  lineOf(path: ReadonlyArray<string | number>): number;
};

/**
 * Reads the documents of one file; empty ones are left out.
 * @throws InvalidPolicyError for anything that is not YAML, or that YAML 1.1 (as Kubernetes reads it) and YAML 1.2
 * read differently.
 * @public
 */
export function readYamlDocuments(file: string, text: string): YamlDocument[] {
  if (text.length > longestFile)
    throw new InvalidPolicyError([
      { file, line: 1, message: `is longer than ${longestFile} characters` },
    ]);
  const lines = new LineCounter();
  const documents = documentsOf(text, '1.2', lines);
  const problems = documents.flatMap(document =>
    document.errors.map(error => ({
      file,
      line: lines.linePos(error.pos[0]).line,
      message: error.message.split('\n')[0],
    })),
  );
  if (problems.length > 0) throw new InvalidPolicyError(problems);

  const asKubernetesReads = documentsOf(text, '1.1', new LineCounter());
  return documents.flatMap((document, index) => {
    const start = lines.linePos(document.range?.[0] ?? 0).line;
    const value = valueOf(document, file, start);
    if (value === null || value === undefined) return [];
    if (
      JSON.stringify(value) !==
      JSON.stringify(valueOf(asKubernetesReads[index], file, start))
    )
      throw new InvalidPolicyError([
        {
          file,
          line: start,
          message:
            'holds a value that YAML 1.1, as Kubernetes reads it, takes for something else; quote words such as "no", "on" and "1_000"',
        },
      ]);
    return [
      {
        file,
        value,
        lineOf: path => lines.linePos(offsetOf(document, path)).line,
      },
    ];
  });
}

function documentsOf(text: string, version: '1.1' | '1.2', lines: LineCounter) {
  const documents = parseAllDocuments(text, {
    version,
    merge: false,
    lineCounter: lines,
    uniqueKeys: true,
    strict: true,
  });
  return Array.isArray(documents) ? documents : [];
}

function valueOf(document: Document.Parsed, file: string, line: number) {
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    throw new InvalidPolicyError([
      {
        file,
        line,
        message: error instanceof Error ? error.message : String(error),
      },
    ]);
  }
}

/** The key of the deepest step that exists, so that a missing field points at what should hold it. */
function offsetOf(
  document: Document.Parsed,
  path: ReadonlyArray<string | number>,
): number {
  for (let length = path.length; length > 0; length--) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const step = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find(
        ({ key }) => isNode(key) && key.toJSON() === step,
      );
      if (isNode(pair?.key) && pair.key.range) return pair.key.range[0];
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}
