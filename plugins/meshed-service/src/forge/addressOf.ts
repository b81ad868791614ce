/** Where the portal mounts its own forge. */
export const FORGE_PATH = '/forge';

/** @returns the page of a folder or file; the inverse of the route. */
export function addressOf(place: {
  repository: string;
  branch: string;
  path?: string;
}): string {
  const parts = (place.path ?? '').split('/').filter(Boolean);
  return [
    FORGE_PATH,
    encodeURIComponent(place.repository),
    'tree',
    encodeURIComponent(place.branch),
    ...parts.map(encodeURIComponent),
  ].join('/');
}
