import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isAlive, Processes } from '.';

describe('Processes', () => {
  const logs = mkdtempSync(path.join(tmpdir(), 'meshway-processes-'));
  const processes = new Processes(logs);
  afterAll(async () => {
    await processes.endAll();
    rmSync(logs, { recursive: true, force: true });
  });

  it('says how a program ended that did not become ready, with the end of its log', async () => {
    const launched = processes.launch({
      name: 'broken',
      command: 'sh',
      args: ['-c', 'echo "no such flag: --x" >&2; exit 3'],
      ready: async () => false,
    });

    await expect(launched).rejects.toThrow(
      `no such flag: --x\n\nbroken ended while it started (exit code 3): the last lines of its log are above. The whole log: ${logs}/broken.log`,
    );
  });

  it('kills a program and launches it again, once with more arguments', async () => {
    const log = path.join(logs, 'restarted.log');
    const said = () => readFileSync(log, 'utf8').trim().split('\n');
    let starts = 1;
    const { pid } = await processes.launch({
      name: 'restarted',
      command: 'sh',
      args: ['-c', 'echo "$*"; sleep 600 & wait', 'sh', 'always'],
      ready: async () => said().length === starts && said()[0] !== '',
    });
    starts += 1;
    const again = await processes.restart('restarted', ['once']);
    starts += 1;
    const third = await processes.restart('restarted');

    expect({
      said: said(),
      alive: [pid, again.pid, third.pid].map(isAlive),
      listed: processes.list().filter(({ name }) => name === 'restarted'),
      unknown: await processes.restart('nobody').catch(String),
    }).toEqual({
      said: ['always', 'always once', 'always'],
      alive: [false, false, true],
      listed: [{ name: 'restarted', pid: third.pid, log }],
      unknown: 'Error: The platform has no process nobody.',
    });
    await processes.end('restarted');
  });

  it('says that a program is not there', async () => {
    const launched = processes.launch({
      name: 'absent',
      command: '/no/such/program',
      args: [],
      ready: async () => false,
    });

    await expect(launched).rejects.toThrow(/absent ended while it started/);
  });

  it('does not wait longer than it was told', async () => {
    const launched = processes.launch({
      name: 'slow',
      command: 'sleep',
      args: ['600'],
      ready: async () => {
        throw new Error('connection refused');
      },
      patienceMs: 300,
    });

    await expect(launched).rejects.toThrow('slow was not ready within 0.3 s');
  });

  it('ends a program with everything that it has started', async () => {
    const { pid } = await processes.launch({
      name: 'parent',
      command: 'sh',
      args: ['-c', 'sleep 600 & wait'],
      ready: async () => true,
    });

    await processes.end('parent');

    expect({ leader: isAlive(pid), group: isAliveGroup(pid) }).toEqual({
      leader: false,
      group: false,
    });
  });
});

describe('a process that is killed without warning', () => {
  it('takes what it has started with it, obedient or not, and nothing else', async () => {
    const bystander = spawn('sleep', ['600'], { detached: true });
    const launcher = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        require.resolve('./__testUtils__/launcher.ts'),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'], env: plainEnvironment() },
    );
    const [line] = await once(launcher.stdout, 'data');
    const groups = String(line).trim().split(' ').map(Number);
    const before = groups.map(isAliveGroup);

    launcher.kill('SIGKILL');
    await until(() => !groups.some(isAliveGroup));

    expect({ before, bystander: isAlive(bystander.pid!) }).toEqual({
      before: [true, true, true],
      bystander: true,
    });
    bystander.kill('SIGKILL');
  }, 120_000);
});

function plainEnvironment() {
  const { NODE_OPTIONS: _, ...rest } = process.env;
  return rest;
}

function isAliveGroup(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(isSo: () => boolean) {
  while (!isSo()) await new Promise(resolve => setTimeout(resolve, 50));
}
