/**
 * Runs a command in a process group of its own, and ends that whole group when the pipe on stdin closes, that is when
 * ./dev ends it or dies. Asks first (SIGTERM) and waits, so that databases are closed; then insists (SIGKILL).
 */
import { spawn } from 'node:child_process';

const PATIENCE_MS = 10_000;
const POLL_MS = 50;
const [command, ...args] = process.argv.slice(2);
let ending = false;

const child = spawn(command, args, {
  stdio: ['ignore', 'inherit', 'inherit'],
  detached: true,
});

child.once('error', error => {
  process.stderr.write(`${command} could not be started: ${error.message}\n`);
  process.exit(127);
});
child.once('exit', (code, signal) => {
  if (ending) return;
  // Whatever it left behind has nobody to talk to any more.
  signalGroup('SIGKILL');
  process.exit(signal ? 128 : code);
});

process.on('SIGTERM', endGroup);
process.on('SIGINT', endGroup);
process.stdin.on('error', () => {});
process.stdin.once('close', endGroup);
process.stdin.resume();

async function endGroup() {
  if (ending) return;
  ending = true;
  signalGroup('SIGTERM');
  const deadline = Date.now() + PATIENCE_MS;
  while (signalGroup(0) && Date.now() < deadline) {
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  signalGroup('SIGKILL');
  process.exit(128);
}

/** @returns whether anybody was there to hear it. */
function signalGroup(signal) {
  try {
    process.kill(-child.pid, signal);
    return true;
  } catch {
    return false;
  }
}
