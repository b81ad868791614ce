import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { freePort } from './freePort';
import { waitUntil } from './waitUntil';

/** The checkout that this test stands in. */
export const root = path.resolve(__dirname, '../../../..');

/** `cluster`: on the real platform, which has to stand already if it shall outlive the portal. */
type Options = { cluster?: boolean };

/** A portal that runs as `./dev start` starts it, on ports and in a folder of its own. */
export class Portal {
  private constructor(
    readonly appUrl: string,
    readonly backendUrl: string,
    private readonly ports: { app: number; backend: number },
    private readonly home: string,
    private readonly options: Options,
    private readonly child: ChildProcess,
  ) {}

  /** @param home - where it keeps databases, workspaces and repositories; the same folder is the same portal. */
  static async start(
    home: string,
    options: Options = {},
    ports?: { app: number; backend: number },
  ): Promise<Portal> {
    const chosen = ports ?? {
      app: await freePort(),
      backend: await freePort(),
    };
    const child = spawn(
      path.join(root, 'dev'),
      [
        'start',
        '--port',
        String(chosen.app),
        '--backend-port',
        String(chosen.backend),
        '--verbose',
        ...(options.cluster ? ['--cluster'] : []),
      ],
      {
        cwd: root,
        env: { ...process.env, MESHWAY_HOME: home },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let output = '';
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        output += chunk;
        if (/^Open http/m.test(output)) resolve();
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', code =>
        reject(
          new Error(`./dev start ended with ${code}:\n${output.slice(-6000)}`),
        ),
      );
    });
    return new Portal(
      `http://localhost:${chosen.app}`,
      `http://localhost:${chosen.backend}`,
      chosen,
      home,
      options,
      child,
    );
  }

  get repositories(): string {
    return path.join(this.home, 'repositories');
  }

  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.child;
    if (exitCode !== null || signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }

  /** Stops it and starts it again, with the same addresses and the same folder. */
  async restart(): Promise<Portal> {
    await this.stop();
    return this.startAgain();
  }

  /** Pulls the plug: everything of it ends at once, and nothing can be tidied up. */
  async kill(): Promise<void> {
    const ended = once(this.child, 'exit');
    for (const pid of withChildren(this.child.pid)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended with its parent.
      }
    }
    await ended;
    for (const address of [this.appUrl, this.backendUrl])
      await waitUntil(`Nobody listens at ${address}`, () =>
        fetch(address).then(
          () => false,
          () => true,
        ),
      );
  }

  /** Starts it again, with the same addresses and the same folder. */
  startAgain(): Promise<Portal> {
    return Portal.start(this.home, this.options, this.ports);
  }
}

/** @returns a process and all that it has started, the first first. */
function withChildren(pid: number | undefined): number[] {
  const table = execFileSync('ps', ['-Ao', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number));
  const found = pid === undefined ? [] : [pid];
  for (const parent of found)
    found.push(
      ...table.filter(([, of]) => of === parent).map(([child]) => child),
    );
  return found;
}
