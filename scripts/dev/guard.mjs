/**
 * Runs a command and ends its whole process group when the pipe on stdin closes, that is when ./dev ends it or dies.
 * Asks first (SIGTERM), then insists (SIGKILL).
 */
import { spawn } from 'node:child_process';

const PATIENCE_MS = 5000;
const [command, ...args] = process.argv.slice(2);
let ending = false;

const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.once('error', error => {
  process.stderr.write(`${command} could not be started: ${error.message}\n`);
  process.exit(127);
});
child.once('exit', (code, signal) => {
  if (ending) return killGroup();
  return process.exit(signal ? 128 : code);
});

function killGroup() {
  // The guard leads the group, so this ends the guard, too.
  process.kill(-process.pid, 'SIGKILL');
}

process.on('SIGTERM', () => {});
process.on('SIGINT', () => {});
process.stdin.on('error', () => {});
process.stdin.once('close', () => {
  ending = true;
  if (child.exitCode !== null || child.signalCode !== null) return killGroup();
  process.kill(-process.pid, 'SIGTERM');
  return setTimeout(killGroup, PATIENCE_MS);
});
process.stdin.resume();
