/**
 * Files of the local forge by address.
 *
 *   http://…/forge/<repository>/tree/<branch>/<path> ─► parseForgeAddress ─► Forge.read ─► bytes, tree, matches
 *
 * The same addresses are pages of the portal for people. They are never fetched: nobody could give the backend a
 * session, and the repositories lie on its own disk.
 */
export { ForgeUrlReader } from './ForgeUrlReader';
export { forgeUrlReaderServiceFactory } from './service';
