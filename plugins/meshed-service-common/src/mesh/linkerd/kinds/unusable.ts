import { isRustRegex } from './rustRegex';

/** What a control plane can read, and cannot use. Thrown inside of a door, and answered by it. */
export class Unusable extends Error {}

/**
 * @param part - where it stands: `rules.0.matches.1.path`.
 * @returns a regular expression that the control plane takes.
 */
export function regularExpression(text: string, part: string): string {
  if (isRustRegex(text)) return text;
  throw new Unusable(
    `${part} is no regular expression of Linkerd, which can neither look around nor refer back`,
  );
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

/** @returns the value of a header, which has no control characters but tabs. */
export function headerValue(value: string, part: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(value)) {
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
