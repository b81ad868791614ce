/** A real platform on this machine, until it is taken down: Kubernetes, Vault, Argo CD, Prometheus. */
import { join } from 'node:path';
import { read } from './arguments.mjs';
import { inherit } from './inherit.mjs';
import { root } from './places.mjs';
import { Stop } from './stop.mjs';

const ACTIONS = ['up', 'status', 'down', 'build'];

/** @throws Stop when it is not said what to do. @returns what to do. */
export function check(args) {
  const { positionals } = read('platform', args, {}, true);
  const [action, ...more] = positionals;
  if (ACTIONS.includes(action) && more.length === 0) return action;
  throw new Stop(
    `./dev platform up     starts a platform, or finds the running one (builds what is missing first: about 20 minutes, once)
./dev platform status says what runs, where, and what of it is imitated
./dev platform down   ends it
./dev platform build  only builds what is missing`,
  );
}

export default function platform(args, { node, env }) {
  return inherit(platformCommand(node, check(args)), { env });
}

/** @returns how the program of the platform is run; it is TypeScript, which Backstage's own loader reads. */
export function platformCommand(node, ...args) {
  return [
    join(node, 'bin', 'node'),
    ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
    join(root, 'packages', 'test-platform', 'src', 'command.ts'),
    ...args.map(String),
  ];
}
