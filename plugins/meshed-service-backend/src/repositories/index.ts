/**
 * Files of a service's repository, for the source pages of the portal.
 *
 *   repository, branch, path ─► claim (whose is it?) ─► Forge.read ─► a folder's entries | a file's text
 */
export { RepositoryTrees } from './RepositoryTrees';
