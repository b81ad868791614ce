/**
 * The programs of the platform: found, or made.
 *
 *   name ─► on the PATH in the right version? ─► else in the cache, by the hash of go.mod + go.sum? ─► FoundTool
 *                                                else `go build` in tools/<module> ─► cache
 *
 * Why modules and not downloads: a module proxy is a registry like npm's, answers with checksums that are committed
 * here, and serves a machine that reaches nothing else.
 */
export { buildTools, type BuildProgress } from './buildTools';
export {
  findTool,
  isFound,
  isMissing,
  type FoundTool,
  type MissingTool,
} from './findTool';
export { sentencesFor } from './sentences';
export { tools, type ToolName } from './pinned';
export { cacheFolder, packageFolder, repository } from './places';
