import { RE2JS } from '@bufbuild/re2';
import { CelEvaluationError } from './CelEngine';

const limits = {
  pattern: 1_000,
  subject: 100_000,
  remembered: 500,
} as const;

const remembered = new Map<string, RE2JS>();

/**
 * Compiles a pattern as the API server does: RE2, linear in the text, without look-around or back-references.
 * @throws with RE2's own words when RE2 refuses it.
 */
export function compilePattern(pattern: string): RE2JS {
  const known = remembered.get(pattern);
  if (known) return known;
  if (pattern.length > limits.pattern)
    throw new CelEvaluationError(
      `a pattern of ${pattern.length} characters is longer than ${limits.pattern}`,
    );
  const compiled = RE2JS.compile(pattern);
  if (remembered.size >= limits.remembered) remembered.clear();
  remembered.set(pattern, compiled);
  return compiled;
}

/** CEL's `matches`: whether any part of the text matches. */
export function matchesPattern(text: string, pattern: string): boolean {
  if (text.length > limits.subject)
    throw new CelEvaluationError(
      `a text of ${text.length} characters is too long to be matched against a pattern`,
    );
  return compilePattern(pattern).test(text);
}
