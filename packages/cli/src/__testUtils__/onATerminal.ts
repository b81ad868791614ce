import { spawn } from 'node:child_process';
import { binary, checkout } from './meshway';

/**
 * Runs `meshway` on a terminal of its own (by util-linux' script), and answers its question.
 *
 * @returns how it ended, and all that stood on the screen.
 */
export function onATerminal(
  args: readonly string[],
  { env, answer }: { env: Record<string, string>; answer: string },
): Promise<{ code: number | null; screen: string }> {
  const quoted = [process.execPath, binary, ...args].map(
    word => `'${word.replaceAll("'", `'\\''`)}'`,
  );
  return new Promise((resolve, reject) => {
    const child = spawn(
      'script',
      ['--quiet', '--return', '--command', quoted.join(' '), '/dev/null'],
      {
        cwd: checkout,
        env: { ...process.env, NODE_OPTIONS: '', SHELL: '/bin/sh', ...env },
      },
    );
    let screen = '';
    let isAnswered = false;
    child.stdout.on('data', chunk => {
      screen += chunk;
      if (isAnswered || !screen.includes('[y/N]')) return;
      isAnswered = true;
      child.stdin.write(answer);
    });
    child.on('error', reject);
    child.on('close', code => resolve({ code, screen }));
  });
}
