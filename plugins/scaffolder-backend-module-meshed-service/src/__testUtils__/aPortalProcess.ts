import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { anIssuer } from './anIssuer';
import type { PortalProcessOptions } from './portalProcess';
import { tasksOf } from './tasks';

/** A portal that can be killed and started again where it was. */
export class PortalProcess {
  private child: ChildProcess | undefined;
  private address = '';

  constructor(private readonly options: PortalProcessOptions) {
    mkdirSync(path.join(options.folder, 'workspaces'), { recursive: true });
    mkdirSync(path.join(options.folder, 'data'), { recursive: true });
  }

  async start(): Promise<void> {
    const child = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        path.join(__dirname, 'portalProcess.ts'),
        JSON.stringify(this.options),
      ],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
        // What Jest sets would make the portal think that it is a test.
        env: { ...process.env, NODE_ENV: 'development', JEST_WORKER_ID: '' },
      },
    );
    this.child = child;
    let said = '';
    const port = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk;
        const [, found] = /^port: (\d+)$/m.exec(said) ?? [];
        if (found) resolve(found);
      });
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk;
      });
      child.once('exit', code =>
        reject(new Error(`The portal ended with ${code}:\n${said}`)),
      );
    });
    this.address = `http://127.0.0.1:${port}`;
  }

  /** As a machine that loses power: nothing is said to anybody. */
  kill(): void {
    this.child?.kill('SIGKILL');
  }

  async ended(): Promise<void> {
    const { child } = this;
    if (child && child.exitCode === null && child.signalCode === null)
      await once(child, 'exit');
  }

  async stop(): Promise<void> {
    this.kill();
    await this.ended();
  }

  get tasks() {
    const { signIn } = anIssuer(this.options.key);
    return tasksOf(this.address, () => signIn('user:default/ada'));
  }
}
