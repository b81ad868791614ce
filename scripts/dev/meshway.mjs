/** The command line tool, from this checkout and in the folder that ./dev was called from. */
import { join } from 'node:path';
import { inherit } from './inherit.mjs';
import { root } from './places.mjs';

export default function meshway(args, { node, env }) {
  return inherit(
    [
      join(node, 'bin', 'node'),
      join(root, 'packages', 'cli', 'bin', 'meshway'),
      ...args,
    ],
    { env, cwd: process.env.MESHWAY_CALLED_FROM ?? root },
  );
}
