/**
 * Child processes that never outlive ./dev.
 *
 *   ./dev ─► guard.mjs ─► command and its children, one process group
 *
 * Each command leads a process group, below a guard that ends the group when ./dev is gone, however it
 * went (`kill -9` included): the pipe between the two closes.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const guard = fileURLToPath(new URL('./guard.mjs', import.meta.url));
const running = new Set();

/** Starts a command. @returns the child; its output is piped. */
export function launch(command, { cwd, env }) {
  const child = spawn(process.execPath, [guard, ...command], {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {});
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Ends a command with everything below it. @returns once it is gone. */
export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise(resolve => child.once('exit', resolve));
  child.stdin.end();
  await gone;
}

/** Ends everything that runs. */
export async function endAll() {
  await Promise.all([...running].map(end));
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.once(signal, async () => {
    await endAll();
    process.exit(code);
  });
}
