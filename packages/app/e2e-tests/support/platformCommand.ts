import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { root } from './Portal';

type Said = { code: number | null; said: string };

/** Types `./dev platform …`. @returns with what it ended, and everything that it said. */
export async function platformCommand(
  action: 'up' | 'status' | 'down',
): Promise<Said> {
  const child = spawn(path.join(root, 'dev'), ['platform', action], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const hear = (chunk: Buffer) => {
    said += chunk;
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const [code] = await once(child, 'close');
  return { code, said };
}
