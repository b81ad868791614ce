/**
 * Whether a text fits a pattern, as Argo CD reads patterns: `*` is anything up to the next separator, `**` anything,
 * `?` one character, `[a-c]` one of these, `{a,b}` one of several, and a backslash takes the meaning away.
 */
export function globMatches(
  pattern: string,
  text: string,
  separator?: '/',
): boolean {
  const expression = expressionOf(pattern, separator);
  return expression !== undefined && expression.test(text);
}

const tokens =
  /\\(.)|(\*\*)|(\*)|(\?)|\[([!^]?)((?:\\.|[^\]\\])+)\]|([{},])|([^])/g;

/** @returns undefined for a pattern that is broken: it fits nothing. */
function expressionOf(
  pattern: string,
  separator: '/' | undefined,
): RegExp | undefined {
  const any = separator ? `[^${separator}]` : '[^]';
  let depth = 0;
  let source = '';
  for (const [
    ,
    escaped,
    stars,
    star,
    one,
    negated,
    range,
    brace,
    plain,
  ] of pattern.matchAll(tokens)) {
    if (escaped !== undefined) source += literal(escaped);
    else if (stars) source += '[^]*';
    else if (star) source += `${any}*`;
    else if (one) source += any;
    else if (range !== undefined)
      source += `[${negated ? '^' : ''}${range.replace(/[[\]^]/g, '\\$&')}]`;
    else if (brace === '{') {
      depth++;
      source += '(?:';
    } else if (brace === '}' && depth > 0) {
      depth--;
      source += ')';
    } else if (brace === ',' && depth > 0) source += '|';
    else source += literal(brace ?? plain);
  }
  try {
    return depth === 0 ? new RegExp(`^${source}$`) : undefined;
  } catch {
    return undefined;
  }
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
