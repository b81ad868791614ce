/** @returns what a regular expression of Rust is in JavaScript; undefined: it is none. */
export function toRegExp(text: string): RegExp | undefined {
  const flags = new Set<string>();
  const source = text
    .replace(/^\(\?([ims]+)\)/, (_, found: string) => {
      for (const flag of found) flags.add(flag);
      return '';
    })
    .replace(/\(\?P</g, '(?<')
    .replace(/\\A/g, '^')
    .replace(/\\z/g, '$');
  for (const mode of ['u', '']) {
    try {
      return new RegExp(source, `${[...flags].join('')}${mode}`);
    } catch {
      // Rust escapes characters that JavaScript refuses to in its strict mode.
    }
  }
  return undefined;
}
