/**
 * Ends what a platform has started, once the platform is gone, however it went (`kill -9` included): the pipe on stdin
 * closes. Reads lines `+<process group>` when one is started and `-<process group>` when one has ended by itself.
 *
 * Plain Node and nothing else: it is the one process that must not fail.
 */
const PATIENCE_MS = 3000;
const POLL_MS = 50;
const groups = new Set();
let unread = '';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {});
}
process.stdin.setEncoding('utf8');
process.stdin.on('data', text => {
  const lines = (unread + text).split('\n');
  unread = lines.pop();
  for (const line of lines) {
    const group = Number(line.slice(1));
    if (!(group > 1)) continue;
    if (line.startsWith('+')) groups.add(group);
    else groups.delete(group);
  }
});
process.stdin.on('error', () => {});
process.stdin.once('close', endAll);

async function endAll() {
  const deadline = Date.now() + PATIENCE_MS;
  signalAll('SIGTERM');
  // What is stopped (SIGSTOP) hears nothing else.
  signalAll('SIGCONT');
  while (signalAll(0) && Date.now() < deadline) {
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
  signalAll('SIGKILL');
  process.exit(0);
}

/** @returns whether anybody was there to hear it. */
function signalAll(signal) {
  for (const group of groups) {
    try {
      process.kill(-group, signal);
    } catch {
      groups.delete(group);
    }
  }
  return groups.size > 0;
}
