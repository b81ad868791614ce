import { isPair, LineCounter, parseAllDocuments, visit } from 'yaml';
import type { Document } from 'yaml';
import { UnreadableError } from '../UnreadableError';
import type { NamedText } from './readTexts';

/** One YAML document, and where it begins. */
export type Located<T> = { value: T; file: string; line: number };

/** @throws UnreadableError naming file and line. */
export function readDocuments({
  name,
  text,
  found,
}: NamedText): Located<unknown>[] {
  const lines = new LineCounter();
  const refusal = (offset: number, message: string) =>
    new UnreadableError(`${name}:${lines.linePos(offset).line}: ${message}`);
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    // Kubernetes' own readers refuse a repeated key, too, and have no other keys than texts.
    uniqueKeys: true,
    stringKeys: true,
  });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap(document => {
    // What lies in a folder may be for another tool, whose tags are none of ours.
    const [problem] = [...document.errors, ...(found ? [] : document.warnings)];
    if (problem) throw refusal(problem.pos[0], sentenceOf(problem.message));
    const start = document.contents?.range?.[0] ?? 0;
    const hostile = offsetOfPrototype(document);
    if (hostile !== undefined)
      throw refusal(hostile, 'holds the key __proto__, which nothing can have');
    try {
      const value: unknown = document.toJS({ maxAliasCount: 100 });
      return value === null || value === undefined
        ? []
        : [{ value, file: name, line: lines.linePos(start).line }];
    } catch (error) {
      throw refusal(
        start,
        error instanceof Error ? error.message : 'cannot be read',
      );
    }
  });
}

function offsetOfPrototype(document: Document.Parsed): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Scalar(key, node, path) {
      if (key !== 'key' || node.value !== '__proto__') return undefined;
      if (!isPair(path.at(-1))) return undefined;
      offset = node.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

function sentenceOf(message: string): string {
  return message.startsWith('Maximum call stack')
    ? 'is nested too deeply'
    : message.split('\n')[0];
}
