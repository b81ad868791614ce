/** Runs a bench at a small size, as `./dev bench` runs it. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { check } from '../dev/bench.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @param told - as after `./dev bench`. @returns what it printed. */
export async function shortBench(...told) {
  const [program, ...settings] = check([...told, '--json']);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
      `scripts/bench/${program}`,
      ...settings,
    ],
    { cwd: root, maxBuffer: 64 * 1024 * 1024 },
  );
  return JSON.parse(stdout);
}
