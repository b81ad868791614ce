import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageFolder } from '../tools';

export type RunningProcess = {
  name: string;
  /** Leader of a process group of its own. */
  pid: number;
  log: string;
  /** How it ended; undefined while it runs. */
  ended?: string;
};

export type Launch = {
  name: string;
  command: string;
  args: readonly string[];
  env?: Record<string, string>;
  /** @returns whether it does its work now; asked until it says so. An error counts as "not yet". */
  ready: () => Promise<boolean>;
  patienceMs?: number;
};

/** A busy machine takes long; one that hangs shall be told from it at last. */
const PATIENCE_MS = 180_000;
const POLL_MS = 50;
const END_PATIENCE_MS = 3000;

/**
 * Child processes that never outlive this one.
 *
 *   launch ─► sh waits ─► the watchdog knows its group ─► "go" ─► exec ─► ready?
 *
 * The shell waits for a line on its stdin before it becomes the program: should this process die in between, the shell
 * reads the end of the pipe and ends, so there is no moment in which a child is known to nobody.
 */
export class Processes {
  private readonly running = new Map<
    string,
    { child: ChildProcess; process: RunningProcess; wanted: Launch }
  >();
  private readonly watchdog: ChildProcess;
  private ending = false;

  constructor(private readonly logs: string) {
    this.watchdog = spawn(
      process.execPath,
      [path.join(packageFolder, 'bin', 'watchdog.mjs')],
      { detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
    );
    this.watchdog.stdin?.on('error', () => {});
    // Without it nothing would end our children after us: then they end now.
    this.watchdog.once('exit', () => {
      if (!this.ending) this.endAll();
    });
  }

  list(): RunningProcess[] {
    return [...this.running.values()].map(({ process: one }) => one);
  }

  /** @throws Error with the end of the program's log, when it ends or is not ready in time. */
  async launch(wanted: Launch): Promise<RunningProcess> {
    if (this.ending) throw new Error('The platform is being stopped.');
    return this.untilReady(this.start(wanted), wanted);
  }

  /**
   * Kills one program without a warning, and launches it again as it was.
   *
   * @param extra - more arguments, for this time only.
   */
  async restart(
    name: string,
    extra: readonly string[] = [],
  ): Promise<RunningProcess> {
    if (this.ending) throw new Error('The platform is being stopped.');
    const found = this.running.get(name);
    if (!found) throw new Error(`The platform has no process ${name}.`);
    const { child, process: killed, wanted } = found;
    if (killed.ended === undefined) {
      const gone = new Promise(resolve => child.once('exit', resolve));
      signalGroup(killed.pid, 'SIGKILL');
      await gone;
    }
    return this.untilReady(this.start(wanted, extra), wanted);
  }

  private async untilReady(
    started: RunningProcess,
    wanted: Launch,
  ): Promise<RunningProcess> {
    const patience = wanted.patienceMs ?? PATIENCE_MS;
    const deadline = Date.now() + patience;
    while (Date.now() < deadline && started.ended === undefined) {
      if (await wanted.ready().catch(() => false)) return started;
      await new Promise(resolve => setTimeout(resolve, POLL_MS));
    }
    const because =
      started.ended === undefined
        ? `was not ready within ${patience / 1000} s`
        : `ended while it started (${started.ended})`;
    throw new Error(
      `${tailOf(started.log)}\n\n${
        wanted.name
      } ${because}: the last lines of its log are above. The whole log: ${
        started.log
      }`,
    );
  }

  private start(wanted: Launch, extra: readonly string[] = []): RunningProcess {
    const { name, command, args, env } = wanted;
    const log = path.join(this.logs, `${name}.log`);
    const output = openSync(log, 'a');
    const child = spawn(
      '/bin/sh',
      [
        '-c',
        'read -r go && exec "$@" </dev/null',
        name,
        command,
        ...args,
        ...extra,
      ],
      {
        detached: true,
        stdio: ['pipe', output, output],
        env: { ...process.env, ...env },
      },
    );
    closeSync(output);
    if (!child.pid) throw new Error(`${command} could not be started.`);
    const one: RunningProcess = { name, pid: child.pid, log };
    this.running.set(name, { child, process: one, wanted });
    child.once('exit', (code, signal) => {
      one.ended = signal ?? `exit code ${code}`;
      this.watchdog.stdin?.write(`-${one.pid}\n`);
    });
    child.stdin?.on('error', () => {});
    this.watchdog.stdin?.write(`+${one.pid}\n`, () => child.stdin?.end('go\n'));
    return one;
  }

  /** Ends one program and what it started. */
  async end(name: string): Promise<void> {
    const found = this.running.get(name);
    if (!found) return;
    await endGroup(found.child, found.process);
    this.running.delete(name);
  }

  /** Ends everything; what does not hear within three seconds is killed. */
  async endAll(): Promise<void> {
    this.ending = true;
    await Promise.all([...this.running.keys()].map(name => this.end(name)));
    this.watchdog.stdin?.end();
  }
}

async function endGroup(child: ChildProcess, { pid, ended }: RunningProcess) {
  if (ended !== undefined) return;
  const gone = new Promise(resolve => child.once('exit', resolve));
  signalGroup(pid, 'SIGTERM');
  signalGroup(pid, 'SIGCONT');
  const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), END_PATIENCE_MS);
  await gone;
  clearTimeout(timer);
  // What its leader left behind.
  signalGroup(pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(-pid, signal);
  } catch {
    // Gone already.
  }
}

function tailOf(log: string): string {
  if (!existsSync(log)) return '(it has written nothing)';
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
}
