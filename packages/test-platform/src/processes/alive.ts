import { readFileSync } from 'node:fs';

/** @returns whether a process runs (or is ours to ask about no more, but there). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return stateOf(pid) !== 'Z';
}

/** @returns the state of a process where /proc tells it: a zombie has ended, though its id is still taken. */
function stateOf(pid: number): string | undefined {
  return statOf(pid)?.[0];
}

/** @returns when a process began, as far as the system tells: with its id it says which process it is. */
export function beginningOf(pid: number): string | undefined {
  return statOf(pid)?.[19];
}

/** @returns the fields of /proc/<pid>/stat after the name, which may contain anything. */
function statOf(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}
