/** Points at an object of the same namespace, as policies and routes do: by group, without version. */
export type LocalRef = { group: string; kind: string; name: string };

/** @returns a reference to an object of a kind. */
export function localRef(
  kind: { apiVersion: string; kind: string },
  name: string,
): LocalRef {
  const [group, version] = kind.apiVersion.split('/');
  return { group: version === undefined ? '' : group, kind: kind.kind, name };
}
