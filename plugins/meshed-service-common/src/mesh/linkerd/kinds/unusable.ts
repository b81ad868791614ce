import { toRegExp } from '../toRegExp';

/** What a control plane can read, and cannot use. Thrown inside of a door, and answered by it. */
export class Unusable extends Error {}

/**
 * @param part - where it stands: `rules.0.matches.1.path`.
 * @returns a regular expression, as far as this side can tell whether the control plane, which is written in Rust, takes it:
 *   looking around and referring back are unknown there.
 */
export function regularExpression(text: string, part: string): string {
  const unescaped = text.replace(/\\\\/g, '');
  if (/\(\?<?[=!]/.test(unescaped) || /\\[1-9]|\\k</.test(unescaped)) {
    throw new Unusable(
      `${part} looks around or refers back, which regular expressions of Linkerd cannot`,
    );
  }
  if (!toRegExp(text)) {
    throw new Unusable(`${part} is no regular expression`);
  }
  return text;
}

/** @returns the name of a header as HTTP compares it. */
export function headerName(name: string, part: string): string {
  if (!/^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/.test(name)) {
    throw new Unusable(
      `${part}: ${JSON.stringify(name)} is no name of a header`,
    );
  }
  return name.toLowerCase();
}

/** @returns the value of a header, which is printable ASCII. */
export function headerValue(value: string, part: string): string {
  if (!/^[\t\x20-\x7e]*$/.test(value)) {
    throw new Unusable(
      `${part}: ${JSON.stringify(value)} is no value of a header`,
    );
  }
  return value;
}

/** @returns a path that begins at the root. */
export function absolutePath(path: string, part: string): string {
  if (!path.startsWith('/')) {
    throw new Unusable(`${part}: its path ${path} does not begin with /`);
  }
  return path;
}
