import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../../../..');

type Reply = { id: number; answer?: unknown; problem?: string };
type Waiting = {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
};

/** A part of the bench in a process of its own, so that it is not measured with the others. It answers questions. */
export class Aside {
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;

  private constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
    log: string,
  ) {
    child.on('message', message => this.hear(message as Reply));
    child.once('exit', code => {
      for (const { reject } of this.waiting.values())
        reject(
          new Error(
            `The ${name} of the bench ended (${code}). It said last:\n${lastOf(
              log,
            )}`,
          ),
        );
      this.waiting.clear();
    });
  }

  /**
   * @param program - path of a program below this folder that ends with `answering`.
   * @param options - `node`: more options of Node; `args`: what the program finds in its `process.argv`.
   */
  static start(
    program: string,
    folder: string,
    options: { node?: readonly string[]; args?: readonly string[] } = {},
  ): Aside {
    const name = path.basename(path.dirname(program));
    mkdirSync(folder, { recursive: true });
    const log = path.join(folder, `${name}.log`);
    const child = spawn(
      process.execPath,
      [
        ...(options.node ?? []),
        '--require',
        '@backstage/cli/config/nodeTransform.cjs',
        path.join(__dirname, '..', program),
        ...(options.args ?? []),
      ],
      {
        cwd: root,
        env: { ...process.env, NODE_ENV: 'production' },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    const lines = createWriteStream(log, { flags: 'a' });
    child.stdout?.pipe(lines, { end: false });
    child.stderr?.pipe(lines, { end: false });
    return new Aside(name, child, log);
  }

  get processId(): number {
    return this.child.pid ?? 0;
  }

  /** @returns its answer; waits for as long as it lives. */
  ask<Answer>(question: string, argument?: unknown): Promise<Answer> {
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      if (this.child.exitCode !== null || !this.child.connected) {
        reject(new Error(`The ${this.name} of the bench has ended.`));
        return;
      }
      this.waiting.set(id, {
        resolve: answer => resolve(answer as Answer),
        reject,
      });
      this.child.send({ id, question, argument });
    });
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  private hear({ id, answer, problem }: Reply): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (problem === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(`${this.name}: ${problem}`));
  }
}

const lastOf = (log: string) => readFileSync(log, 'utf8').slice(-2_000);
