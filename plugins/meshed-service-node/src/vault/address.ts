import { InputError } from '@backstage/errors';

const segment = /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,126}[A-Za-z0-9_])?$/;
const name = /^[a-z0-9_](?:[a-z0-9_.-]{0,126}[a-z0-9_])?$/;

/** @returns the path of a mount, each segment of which is a name and cannot walk through folders. */
export function mountPath(mount: string): string {
  const segments = mount.split('/');
  if (mount.length > 256 || !segments.every(each => segment.test(each)))
    throw new InputError(
      `${shown(
        mount,
      )} is not the path of a mount in Vault; write one such as kubernetes or kubernetes/eu-1`,
    );
  return segments.map(encodeURIComponent).join('/');
}

/** @returns a name as it stands in a path. Vault writes them all in lower case, so others would not be found again. */
export function nameInPath(what: string, value: string): string {
  if (!name.test(value))
    throw new InputError(
      `${shown(
        value,
      )} is not the name of a ${what} in Vault; it has lower-case letters, digits, dots, dashes and underscores only, at most 128`,
    );
  return encodeURIComponent(value);
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
