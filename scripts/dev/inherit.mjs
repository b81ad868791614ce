/** Runs a command that talks to the person itself. @returns its exit code. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { root } from './places.mjs';

export async function inherit(command, { env, cwd = root }) {
  const child = spawn(command[0], command.slice(1), {
    cwd,
    env,
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
