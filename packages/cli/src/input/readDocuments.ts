import { LineCounter, parseAllDocuments } from 'yaml';
import { UnreadableError } from '../UnreadableError';
import type { NamedText } from './readTexts';

/** One YAML document, and where it begins. */
export type Located<T> = { value: T; file: string; line: number };

/** @throws UnreadableError naming file and line. */
export function readDocuments({ name, text }: NamedText): Located<unknown>[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    // Kubernetes' own readers refuse a repeated key, too.
    uniqueKeys: true,
  });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap(document => {
    const [error] = document.errors;
    if (error)
      throw new UnreadableError(
        `${name}:${lines.linePos(error.pos[0]).line}: ${
          error.message.split('\n')[0]
        }`,
      );
    const line = lines.linePos(document.contents?.range?.[0] ?? 0).line;
    try {
      const value: unknown = document.toJS({ maxAliasCount: 100 });
      return value === null || value === undefined
        ? []
        : [{ value, file: name, line }];
    } catch (problem) {
      throw new UnreadableError(
        `${name}:${line}: ${
          problem instanceof Error ? problem.message : 'cannot be read'
        }`,
      );
    }
  });
}
