import type { ObservedKubernetesObject } from '../kubernetes';

/** The parts of an AppProject that decide what may be in it. */
export type AppProject = {
  name: string;
  sourceRepos: readonly string[];
  destinations: ReadonlyArray<{
    server: string;
    name: string;
    namespace: string;
  }>;
  clusterAllowed: readonly KindPattern[];
  clusterDenied: readonly KindPattern[];
  /** Undefined: every namespaced kind is allowed. An empty list allows none. */
  namespacedAllowed: readonly KindPattern[] | undefined;
  namespacedDenied: readonly KindPattern[];
  terminating: boolean;
};

/** @public */
export type KindPattern = { group: string; kind: string };

export function appProjectFrom(object: ObservedKubernetesObject): AppProject {
  const spec = Object(object.spec);
  return {
    name: object.metadata.name,
    sourceRepos: list(spec.sourceRepos).map(text),
    destinations: list(spec.destinations).map(each => {
      const { server, name, namespace } = Object(each);
      return {
        server: text(server),
        name: text(name),
        namespace: text(namespace),
      };
    }),
    clusterAllowed: kindPatterns(spec.clusterResourceWhitelist),
    clusterDenied: kindPatterns(spec.clusterResourceBlacklist),
    namespacedAllowed: Array.isArray(spec.namespaceResourceWhitelist)
      ? kindPatterns(spec.namespaceResourceWhitelist)
      : undefined,
    namespacedDenied: kindPatterns(spec.namespaceResourceBlacklist),
    terminating: object.metadata.deletionTimestamp !== undefined,
  };
}

function kindPatterns(value: unknown): KindPattern[] {
  return list(value).map(each => {
    const { group, kind } = Object(each);
    return { group: text(group), kind: text(kind) };
  });
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
