import type { LabelSelector } from '@meshway/plugin-meshed-service-common';

type Requirement = Pick<LabelSelector, 'labels' | 'expressions'>;

const key = '[A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?';
const value = '[-A-Za-z0-9_.]*';
const equals = new RegExp(`^(${key})\\s*(==|=|!=)\\s*(${value})$`);
const within = new RegExp(
  `^(${key})\\s+(in|notin)\\s+\\(\\s*(${value}(?:\\s*,\\s*${value})*)\\s*\\)$`,
);
const exists = new RegExp(`^(!?)\\s*(${key})$`);
const LONGEST = 2_000;

/**
 * @param text - as `kubectl -l` takes it: `app=web,tier in (front, back),!canary`.
 * @returns undefined when it is none, so that no text is taken for a selector that selects everything.
 */
export function parseLabelSelector(text: string): LabelSelector | undefined {
  if (text.trim() === '' || text.length > LONGEST) return undefined;
  // Commas within parentheses separate values, not requirements.
  const parts = text
    .split(/,(?![^(]*\))/)
    .map(part => requirement(part.trim()));
  if (parts.some(part => part === undefined)) return undefined;
  return {
    labels: parts.flatMap(part => part?.labels ?? []),
    expressions: parts.flatMap(part => part?.expressions ?? []),
  };
}

function requirement(part: string): Requirement | undefined {
  const [, equalKey, sign, equalTo] = equals.exec(part) ?? [];
  if (equalKey && sign !== '!=')
    return { labels: [[equalKey, equalTo]], expressions: [] };
  if (equalKey) return expression(equalKey, 'NotIn', [equalTo]);
  const [, setKey, word, values = ''] = within.exec(part) ?? [];
  if (setKey)
    return expression(
      setKey,
      word === 'in' ? 'In' : 'NotIn',
      values.split(',').map(each => each.trim()),
    );
  const [, absent, bareKey] = exists.exec(part) ?? [];
  if (bareKey)
    return expression(bareKey, absent ? 'DoesNotExist' : 'Exists', []);
  return undefined;
}

const expression = (
  of: string,
  operator: LabelSelector['expressions'][number]['operator'],
  values: string[],
): Requirement => ({
  labels: [],
  expressions: [{ key: of, operator, values }],
});
