/** What proxies and the control plane take in a path as it is, escaped or not. */
const path = String.raw`[!$-;=@-_a-z|~"{}]*`;
/** What they take after the question mark, up to a fragment. */
const query = String.raw`[!$-;=?-~]*`;
const target = new RegExp(`^(${path})(?:\\?${query})?(?:#[^]*)?$`);

/** What the control plane reads as a URI at most. */
const LONGEST = 65_534;

const scheme = /^[a-z\d+.~-]*:\/\//i;
/** A name, an address in brackets, and who asks in front of an `@`. */
const hostCharacters = /^[!$&-.\d:;=@A-Z[\]_a-z~%]*$/;

/**
 * @returns the path of what the control plane reads as a URI, without query and fragment; undefined: it is none. A text that
 *   begins with neither a slash nor a scheme is the name of a host, whose path is empty.
 */
export function uriPath(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  if (text === '*') return text;
  if (text.startsWith('/')) return target.exec(text)?.[1];
  const [start] = scheme.exec(text) ?? [''];
  if (start === '' || text.length === start.length) {
    return text !== '' && isHost(text) ? '' : undefined;
  }
  const rest = text.slice(start.length);
  const end = rest.search(/[/?#]/);
  const host = end < 0 ? rest : rest.slice(0, end);
  if (host === '' || !isHost(host)) return undefined;
  const found = target.exec(rest.slice(host.length));
  return found ? found[1] || '/' : undefined;
}

function isHost(text: string): boolean {
  if (!hostCharacters.test(text) || text.endsWith('@')) return false;
  // Colons and percent signs belong to a port, or to what stands before it and does not count.
  const counted = text.split(/[@\]]/).at(-1) ?? '';
  return isBracketed(text) && !counted.includes('%') && !/:[^]*:/.test(counted);
}

/** One pair of brackets at most, with no percent sign before it but in front of an `@`. */
function isBracketed(text: string): boolean {
  const [before, inside, ...more] = text.split('[');
  if (inside === undefined) return !text.includes(']');
  return (
    more.length === 0 &&
    !before.includes(']') &&
    inside.split(']').length === 2 &&
    !before.slice(before.lastIndexOf('@') + 1).includes('%')
  );
}
