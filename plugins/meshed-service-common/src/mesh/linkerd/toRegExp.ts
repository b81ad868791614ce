/** Classes that Rust knows by name, as ranges. */
const named: Record<string, string> = {
  ...{ alpha: 'A-Za-z', lower: 'a-z', upper: 'A-Z', digit: '0-9' },
  ...{ alnum: '0-9A-Za-z', word: '0-9A-Za-z_', xdigit: '0-9A-Fa-f' },
  ...{ ascii: '\\x00-\\x7f', blank: ' \\t', space: ' \\t-\\r' },
  ...{ cntrl: '\\x00-\\x1f\\x7f', graph: '!-~', print: ' -~' },
  punct: '!-\\/:-@\\[-`{-~',
};

/** @returns what a regular expression of Rust is in JavaScript; undefined: it is none. */
export function toRegExp(text: string): RegExp | undefined {
  const flags = new Set<string>();
  const source = text
    .replace(/^\(\?([ims]+)\)/, (_, found: string) => {
      for (const flag of found) flags.add(flag);
      return '';
    })
    .replace(/\(\?P</g, '(?<')
    .replace(/\[:(\w+):\]/g, (written, name) => named[name] ?? written)
    .replace(/\\([^])(?:\{([^}]*)\}|([A-Z]))?/g, inJavaScript);
  for (const mode of ['u', '']) {
    try {
      return new RegExp(source, `${[...flags].join('')}${mode}`);
    } catch {
      // Rust escapes characters that JavaScript refuses to in its strict mode.
    }
  }
  return undefined;
}

/** What stands behind a backslash, in braces after that, or as a letter. */
function inJavaScript(
  written: string,
  kind: string,
  braced?: string,
  letter?: string,
): string {
  const rest = letter ?? '';
  switch (kind) {
    case 'A':
      return `^${rest}`;
    case 'z':
      return `$${rest}`;
    case 'p':
    case 'P':
      return letter ? `\\${kind}{${letter}}` : written;
    case 'x':
    case 'U':
      return braced === undefined ? written : `\\u{${braced}}`;
    default:
      return written;
  }
}
