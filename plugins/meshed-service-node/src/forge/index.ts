/**
 * Where repositories live.
 *
 *   publishing, registry ─► Forge ─┬─► LocalForge ─► git ─► <folder>/<repository>.git
 *                                  └─► GithubForge ─► REST API of GitHub, with Backstage's integrations
 *
 * In: whole texts by path, a commit's author and the commit that was read. Out: the commit that was made. Every write is
 * whole or nothing and compares before it swaps, because two workers may run one task at the same time.
 */
export * from './Forge';
export { forgeFromConfig } from './forgeFromConfig';
export { GithubForge } from './github/GithubForge';
export { LocalForge } from './local/LocalForge';
