/** A folder or file in a repository of the local forge. `path` is empty for the root. @public */
export type ForgePlace = { repository: string; branch: string; path: string };

const segment = encodeURIComponent;

/**
 * The address of a place in a repository of the local forge: a page of the portal for people, and what the backend's
 * UrlReader reads. A branch is one segment, whatever it holds.
 *
 * @param appBaseUrl - `app.baseUrl`, without a slash at the end.
 * @returns `<appBaseUrl>/forge/<repository>/tree/<branch>[/<path>]`.
 * @public
 */
export function formatForgeAddress(
  appBaseUrl: string,
  place: { repository: string; branch: string; path?: string },
): string {
  const path = (place.path ?? '')
    .split('/')
    .filter(Boolean)
    .map(part => `/${segment(part)}`)
    .join('');
  return `${appBaseUrl}/forge/${segment(place.repository)}/tree/${segment(
    place.branch,
  )}${path}`;
}

/**
 * @returns where an address points, or undefined when it is none of the local forge or leaves its repository.
 * @public
 */
export function parseForgeAddress(
  appBaseUrl: string,
  address: string,
): ForgePlace | undefined {
  const prefix = `${appBaseUrl}/forge/`;
  if (!address.startsWith(prefix)) return undefined;
  const [rest] = address.slice(prefix.length).split(/[?#]/);
  const parts = rest.split('/').map(decoded);
  const [repository, tree, branch, ...path] = parts;
  if (!repository || tree !== 'tree' || !branch) return undefined;
  const inside = path.filter(part => part !== '');
  const leaves = [repository, ...inside].some(
    part =>
      part === undefined || part === '.' || part === '..' || /[/\\]/.test(part),
  );
  return leaves ? undefined : { repository, branch, path: inside.join('/') };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
