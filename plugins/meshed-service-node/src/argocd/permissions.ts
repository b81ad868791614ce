import { AppProject, KindPattern } from './AppProject';
import { globMatches } from './glob';

/*
 * What an AppProject permits, by the rules of Argo CD 3 (app_project_types.go): a pattern that begins with `!` denies, and
 * fits everything that it does not name.
 */

/** Whether a repository may be a source. */
export function permitsSource(
  { sourceRepos }: Pick<AppProject, 'sourceRepos'>,
  repositoryUrl: string,
): boolean {
  const source = normalized(repositoryUrl);
  let permitted = false;
  for (const pattern of sourceRepos) {
    const denies = isDenying(pattern);
    const bare = normalized(denies ? pattern.slice(1) : pattern);
    // A star alone permits everything; where it denies, it means one name without slashes, as within a pattern.
    const named = (!denies && bare === '*') || globMatches(bare, source, '/');
    if (denies && named) return false;
    if (denies || named) permitted = true;
  }
  return permitted;
}

/** Name that Argo CD gives the cluster that it runs in. */
const HERE = { server: 'https://kubernetes.default.svc', name: 'in-cluster' };

/**
 * Whether a namespace of a cluster may be a destination. Names of other clusters stand in Secrets, which Meshway does not
 * read: where only a name could permit it, the answer is `unknown`.
 */
export function permitsDestination(
  { destinations }: Pick<AppProject, 'destinations'>,
  wanted: { server: string; namespace: string },
): boolean | 'unknown' {
  const name = wanted.server === HERE.server ? HERE.name : undefined;
  let permitted: boolean | 'unknown' = false;
  for (const item of destinations) {
    const serverFits = fits(item.server, wanted.server);
    const nameFits = name !== undefined && fits(item.name, name);
    const namespaceFits = fits(item.namespace, wanted.namespace);
    if ((serverFits || nameFits) && namespaceFits) permitted = true;
    else if (name !== undefined && !nameFits && isDenying(item.name))
      return false;
    else if (!serverFits && isDenying(item.server) && namespaceFits)
      return false;
    else if (!namespaceFits && isDenying(item.namespace) && serverFits)
      return false;
    else if (name === undefined && item.name !== '' && namespaceFits)
      permitted = permitted || 'unknown';
  }
  return permitted;
}

/** Whether objects of a kind may be written. */
export function permitsKind(
  project: Pick<
    AppProject,
    | 'clusterAllowed'
    | 'clusterDenied'
    | 'namespacedAllowed'
    | 'namespacedDenied'
  >,
  wanted: KindPattern & { namespaced: boolean },
): boolean {
  const isIn = (patterns: readonly KindPattern[]) =>
    patterns.some(
      ({ group, kind }) =>
        globMatches(kind, wanted.kind) && globMatches(group, wanted.group),
    );
  return wanted.namespaced
    ? (project.namespacedAllowed === undefined ||
        isIn(project.namespacedAllowed)) &&
        !isIn(project.namespacedDenied)
    : isIn(project.clusterAllowed) && !isIn(project.clusterDenied);
}

function fits(pattern: string, text: string): boolean {
  return isDenying(pattern)
    ? !globMatches(pattern.slice(1), text)
    : globMatches(pattern, text);
}

function isDenying(pattern: string): boolean {
  return pattern.startsWith('!');
}

/** Addresses of one repository that differ in case, in `.git` or in the way to write ssh are one address. */
function normalized(address: string): string {
  const lower = address.trim().toLocaleLowerCase('en-US');
  const ssh = /^(?:ssh:\/\/)?[^/:]*@[^@]+$/.test(lower);
  const uniform =
    ssh && !lower.startsWith('ssh://') ? lower.replace(':', '/') : lower;
  return asAddress(uniform.replace(/\.git$/, '')).replace(/^ssh:\/\//, '');
}

/** Argo CD reads even patterns as addresses: a path with a character that no path has is encoded, stars and all. */
function asAddress(text: string): string {
  const [, origin = '', path = '', rest = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/[^/]*)?([^?#]*)(.*)$/s.exec(text) ?? [];
  const isPath = /^[\w\-.~!$&'()*+,;=:@/[\]%]*$/.test(path);
  const encoded = path.replace(/[^\w\-.~$&+,/:;=@]/g, encodeURIComponentFully);
  return `${origin}${isPath ? path : encoded}${rest}`;
}

function encodeURIComponentFully(character: string): string {
  return [...new TextEncoder().encode(character)]
    .map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}
