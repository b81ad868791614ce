/** Nothing that ./dev starts outlives it, however it ends. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';

const parent = `
  import { launch } from ${JSON.stringify(
    new URL('./processes.mjs', import.meta.url).href,
  )};
  const child = launch(['sh', '-c', 'sleep 300 & echo $!; wait'], { cwd: '/', env: process.env });
  child.stdout.pipe(process.stdout);
`;

/** @returns a ./dev whose grandchild sleeps, and the process id of that grandchild. */
async function aSleeper() {
  const dev = spawn(process.execPath, ['--input-type=module', '-e', parent]);
  const [pid] = await once(dev.stdout, 'data');
  return { dev, pid: Number(String(pid)) };
}

function isThere(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function assertGone(pid) {
  // A generous end, so that a busy machine does not fail the test.
  for (let tries = 0; tries < 600 && isThere(pid); tries++) {
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  assert.equal(isThere(pid), false);
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  test(`${signal} ends the grandchildren, then ./dev`, async () => {
    const { dev, pid } = await aSleeper();
    assert.equal(isThere(pid), true);
    dev.kill(signal);
    const [exit] = await once(dev, 'exit');
    assert.equal(exit, code);
    await assertGone(pid);
  });
}

test('kill -9 of ./dev ends the grandchildren, too', async () => {
  const { dev, pid } = await aSleeper();
  dev.kill('SIGKILL');
  await assertGone(pid);
});
