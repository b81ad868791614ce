import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The real command, as `./dev meshway` and the published package run it. */
export const binary = path.resolve(__dirname, '../../bin/meshway');

/** Root of this checkout: where the command runs. */
export const checkout = path.resolve(__dirname, '../../../..');

export type Ran = { code: number | null; out: string; err: string };

/** Runs `meshway` in a process of its own. */
export function meshway(
  args: readonly string[],
  {
    input = '',
    cwd = checkout,
    env = {},
    onOut = () => {},
    onNote = () => {},
  }: {
    input?: string;
    cwd?: string;
    env?: Record<string, string>;
    /** Told all that has come on standard output, with a way to interrupt the command. */
    onOut?: (out: string, interrupt: () => void) => void;
    /** Told what comes on standard error, with a way to interrupt the command. */
    onNote?: (text: string, interrupt: () => void) => void;
  } = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [binary, ...args], {
      cwd,
      // Jest's own module settings are not the user's.
      env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'production', ...env },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', chunk => {
      out += chunk;
      onOut(out, () => child.kill('SIGINT'));
    });
    child.stderr.on('data', chunk => {
      err += chunk;
      onNote(String(chunk), () => child.kill('SIGINT'));
    });
    child.on('error', reject);
    child.on('close', code => resolve({ code, out, err }));
    // A command that refuses early does not read what it is given.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** A folder that is gone after the test file. */
export function aFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshway-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Every file below a folder, with its text. */
export function filesBelow(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => path.join(entry.parentPath, entry.name))
      .sort()
      .map(file => [path.relative(folder, file), readFileSync(file, 'utf8')]),
  );
}
