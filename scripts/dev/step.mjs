/** Runs a command whose output goes to a log file; shows progress, and the end of the log where it fails. */
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { once } from 'node:events';
import { launch } from './processes.mjs';
import { begin } from './progress.mjs';
import { logs, root } from './places.mjs';
import { Stop } from './stop.mjs';

/** @returns the log file of a step, its folder made; a portal with a home of its own keeps its log there. */
export function logOf(name, home) {
  const folder = home ? join(home, 'logs') : logs;
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.log`);
}

/** @returns the path as people type it. */
export const shown = file =>
  file.startsWith(`${root}/`) ? relative(root, file) : file;

/** @returns the last lines of a log. */
export function tail(file, lines = 25) {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .join('\n');
}

/** Runs a command silently. @returns its exit code. */
export async function run(command, { log, cwd = root, env }) {
  const file = createWriteStream(log);
  const child = launch(command, { cwd, env });
  child.stdout.pipe(file, { end: false });
  child.stderr.pipe(file, { end: false });
  const [code] = await once(child, 'close');
  file.end();
  await once(file, 'close');
  return code ?? 1;
}

/**
 * Runs a command as a step that must succeed.
 * @throws Stop with the end of its log and `whenItFails`, a sentence about the way out.
 */
export async function step(title, command, { name, env, whenItFails }) {
  const log = logOf(name);
  const ended = begin(title);
  const code = await run(command, { log, env });
  ended(code === 0 ? '✓' : '✗');
  if (code !== 0) {
    throw new Stop(
      `${tail(log)}\n\n${whenItFails} The whole log: ${shown(log)}`,
    );
  }
}
