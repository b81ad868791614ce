/** The golden steps in examples/, made by the code: written, or with `--check` only compared. */
import { join } from 'node:path';
import { read } from './arguments.mjs';
import { inherit } from './inherit.mjs';
import { root } from './places.mjs';

/** @throws Stop when an argument is unknown. */
export function check(args) {
  return read('golden', args, { check: { type: 'boolean' } }).values;
}

export default function golden(args, { node, env }) {
  return inherit(
    [
      join(node, 'bin', 'node'),
      // The core is TypeScript: Backstage's own loader reads it.
      ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
      join(root, 'scripts', 'golden.ts'),
      ...args,
    ],
    { env },
  );
}
