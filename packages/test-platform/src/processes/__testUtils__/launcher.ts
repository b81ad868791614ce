/** A program that starts others and waits, for a test to kill: an obedient one, a stubborn one, and one that has stopped. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Processes } from '..';

const processes = new Processes(
  mkdtempSync(path.join(tmpdir(), 'meshway-processes-')),
);
const ready = async () => true;

async function main() {
  const started = [
    await processes.launch({
      name: 'obedient',
      command: 'sh',
      args: ['-c', 'sleep 600 & wait'],
      ready,
    }),
    await processes.launch({
      name: 'stubborn',
      command: 'sh',
      args: ['-c', 'trap "" TERM; while true; do sleep 1; done'],
      ready,
    }),
    await processes.launch({
      name: 'stopped',
      command: 'sh',
      args: ['-c', 'kill -STOP $$; sleep 600'],
      ready,
    }),
  ];
  process.stdout.write(`${started.map(({ pid }) => pid).join(' ')}\n`);
  setInterval(() => {}, 1000);
}

main();
