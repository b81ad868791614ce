import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { platformForTests } from '.';
import { until } from './__testUtils__/until';
import { connect, connected, folderOf } from './connect';
import { isAlive } from './processes';

describe('a platform of one’s own', () => {
  const platform = platformForTests(['prometheus'], { own: true });

  it('shows its programs, and where they write', async () => {
    expect(isAlive(platform.processId('prometheus'))).toBe(true);
    expect((await fetch(`${platform.prometheus.url}/-/ready`)).ok).toBe(true);
  });

  it('names what was not asked for', () => {
    expect(() => platform.vault).toThrow(
      "This describe has not asked for vault: platformForTests(['vault']).",
    );
  });
});

describe('connect', () => {
  // Whatever this machine lacks, it lacks it here, too.
  platformForTests(['prometheus'], { own: true });
  const folder = folderOf(`own-connect-${process.pid}`);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('starts one platform for all who ask at once, and finds it again', async () => {
    const all = await Promise.all(
      [1, 2, 3].map(() => connect(folder, process.pid)),
    );

    const states = await Promise.all(
      all.map(one => one.provide(['prometheus'])),
    );
    const again = await (await connected(folder))?.state();

    expect(new Set([...states, again].map(state => state?.pid)).size).toBe(1);
    await all[0].stop();
    expect({
      host: isAlive(states[0].pid),
      prometheus: isAlive(states[0].processes[0].pid),
      keysAndData: existsSync(states[0].folder),
      connected: await connected(folder),
    }).toEqual({
      host: false,
      prometheus: false,
      keysAndData: false,
      connected: undefined,
    });
  });

  it('ends when the process that it was started for is killed', async () => {
    const owner = spawn('sleep', ['600'], { detached: true });
    const platform = await connect(folder, owner.pid);
    const { pid, processes } = await platform.provide(['prometheus']);

    owner.kill('SIGKILL');

    const left = await until(
      async () => [pid, ...processes.map(one => one.pid)].filter(isAlive),
      alive => alive.length === 0,
    );
    expect(left).toEqual([]);
  });

  it('leaves nothing behind when it is killed itself', async () => {
    const platform = await connect(folder, process.pid);
    const { pid, processes } = await platform.provide(['prometheus']);

    process.kill(pid, 'SIGKILL');

    const left = await until(
      async () => [pid, ...processes.map(one => one.pid)].filter(isAlive),
      alive => alive.length === 0,
    );
    expect(left).toEqual([]);
    const next = await connect(folder, process.pid);
    expect((await next.provide(['prometheus'])).pid).not.toBe(pid);
    await next.stop();
  });
});
