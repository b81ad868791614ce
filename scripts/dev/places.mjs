/** Where things lie. Everything that ./dev makes is below `.meshway/`, the one ignored folder. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(
  /\/$/,
  '',
);
export const meshway = join(root, '.meshway');
export const logs = join(meshway, 'logs');
export const cache = join(meshway, 'cache');
export const toolchain = join(meshway, 'toolchain');
/** Python's mkdocs-techdocs-core, where somebody (CI) has installed it. */
export const python = join(toolchain, 'python');

/** @returns the environment for everything that runs here: the right Node, Yarn and, where it exists, mkdocs. */
export function environment(node) {
  const folders = [
    join(node, 'bin'),
    join(toolchain, 'bin'),
    ...(existsSync(python) ? [join(python, 'bin')] : []),
    process.env.PATH ?? '',
  ];
  const { FORCE_COLOR: _, ...inherited } = process.env;
  return {
    ...inherited,
    PATH: folders.join(delimiter),
    // Headers of this very Node, for the few packages that compile.
    ...(existsSync(join(node, 'include', 'node')) && {
      npm_config_nodedir: node,
    }),
    // Logs are read with any editor.
    NO_COLOR: '1',
    YARN_ENABLE_TELEMETRY: '0',
    // Backstage's tools remind of their own release notes otherwise.
    NO_UPDATE_NOTIFIER: '1',
  };
}
