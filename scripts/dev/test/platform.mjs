/** The programs of the real platform: built once per machine, while other groups run, before the tests that need them. */
import { spawnSync } from 'node:child_process';
import { platformCommand } from '../platform.mjs';
import { root } from '../places.mjs';
import { command } from './command.mjs';

/** @returns what this machine can neither find nor build. */
export function missingTools({ node, env }) {
  const [program, ...args] = platformCommand(node, 'lacks');
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  return status === 0 ? undefined : stdout.trim() || stderr.trim();
}

export const buildPlatform = context =>
  command(context, platformCommand(context.node, 'build'));
