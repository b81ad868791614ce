import type { ServedKind } from './Kubernetes';

/** @returns the kinds of an `APIResourceList`, without what is only a part of another (`pods/status`). */
export function kindsFromList(json: unknown, apiVersion: string): ServedKind[] {
  return list(fields(json).resources).flatMap(entry => {
    const { name, kind, namespaced, verbs } = fields(entry);
    return typeof name === 'string' &&
      typeof kind === 'string' &&
      !name.includes('/')
      ? [
          {
            apiVersion,
            kind,
            resource: name,
            namespaced: namespaced === true,
            verbs: list(verbs).filter(isText),
          },
        ]
      : [];
  });
}

/** @returns all kinds of an `APIGroupDiscoveryList` and the versions that gave no answer; undefined when it is none. */
export function kindsFromGroups(
  json: unknown,
): { kinds: ServedKind[]; silent: string[] } | undefined {
  if (fields(json).kind !== 'APIGroupDiscoveryList') return undefined;
  const kinds: ServedKind[] = [];
  const silent: string[] = [];
  for (const group of list(fields(json).items))
    for (const each of list(fields(group).versions)) {
      const { version, resources, freshness } = fields(each);
      const apiVersion = joined(fields(fields(group).metadata).name, version);
      if (freshness === 'Stale') silent.push(apiVersion);
      for (const entry of list(resources)) {
        const { resource, responseKind, scope, verbs } = fields(entry);
        const { kind } = fields(responseKind);
        if (isText(resource) && isText(kind))
          kinds.push({
            apiVersion,
            kind,
            resource,
            namespaced: scope === 'Namespaced',
            verbs: list(verbs).filter(isText),
          });
      }
    }
  return { kinds, silent };
}

/** @returns the versions of an `APIVersions` (the oldest group) or an `APIGroupList`, preferred ones first. */
export function versionsFrom(json: unknown): string[] {
  const { versions, groups } = fields(json);
  return [
    ...list(versions).filter(isText),
    ...list(groups).flatMap(group => {
      const preferred = fields(fields(group).preferredVersion).groupVersion;
      const all = list(fields(group).versions).map(
        each => fields(each).groupVersion,
      );
      return [preferred, ...all.filter(each => each !== preferred)].filter(
        isText,
      );
    }),
  ];
}

function joined(group: unknown, version: unknown): string {
  return isText(group) && group !== '' ? `${group}/${version}` : `${version}`;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
