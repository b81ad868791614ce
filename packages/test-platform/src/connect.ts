import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { forgetEarlierRuns } from './earlierRuns';
import type { PartName } from './parts';
import { isAlive } from './processes';
import { packageFolder, repository } from './tools';
import type { PlatformState } from './state';

export type Connection = {
  folder: string;
  /** Boots what is not there yet. @throws Error saying why it cannot. */
  provide(parts: readonly PartName[]): Promise<PlatformState>;
  state(): Promise<PlatformState>;
  /** Kills one program, and launches it again. @returns once it does its work. */
  restart(name: string, extra?: readonly string[]): Promise<PlatformState>;
  /** Ends everything, and waits until it has. */
  stop(): Promise<void>;
};

const PATIENCE_MS = 60_000;
const POLL_MS = 100;

/** @returns the folder of a platform by its name: `up`, or one per run of tests. */
export const folderOf = (name: string) =>
  path.join(repository, '.meshway', 'platform', name);

/** @returns the platform of this folder where one runs. */
export async function connected(
  folder: string,
): Promise<Connection | undefined> {
  const socket = socketOf(folder);
  return (await answers(socket)) ? connectionTo(folder, socket) : undefined;
}

/**
 * Finds the platform of this folder, or starts one; two processes that ask at once get the same one.
 *
 * @param owner - process without which it ends; without an owner it lasts until it is stopped.
 */
export async function connect(
  folder: string,
  owner?: number,
): Promise<Connection> {
  mkdirSync(folder, { recursive: true });
  const socket = socketOf(folder);
  const release = await lock(folder, {
    realpath: false,
    stale: 30_000,
    retries: { retries: 600, factor: 1, minTimeout: 200, maxTimeout: 200 },
  });
  try {
    if (!(await answers(socket))) await startHost(folder, socket);
  } finally {
    await release();
  }
  return connectionTo(folder, socket, owner);
}

async function startHost(folder: string, socket: string) {
  forgetEarlierRuns(path.dirname(folder));
  const log = path.join(folder, 'host.log');
  const output = openSync(log, 'w', 0o600);
  const resolve = createRequire(
    path.join(packageFolder, 'package.json'),
  ).resolve;
  const host = spawn(
    process.execPath,
    [
      '--require',
      resolve('@backstage/cli/config/nodeTransform.cjs'),
      path.join(packageFolder, 'src', 'host', 'main.ts'),
      folder,
      socket,
    ],
    {
      cwd: repository,
      detached: true,
      stdio: ['ignore', output, output],
      env: environment(),
    },
  );
  let ended = false;
  host.once('exit', () => (ended = true));
  host.once('error', () => (ended = true));
  host.unref();
  const deadline = Date.now() + PATIENCE_MS;
  while (!ended && Date.now() < deadline) {
    if (await answers(socket)) return;
    await new Promise(done => setTimeout(done, POLL_MS));
  }
  throw new Error(
    `${readFileSync(
      log,
      'utf8',
    )}\n\nThe platform's own process did not start. Its log: ${log}`,
  );
}

/** What Jest sets for its workers is not for us. */
function environment(): NodeJS.ProcessEnv {
  const {
    NODE_OPTIONS: _,
    NODE_ENV: __,
    JEST_WORKER_ID: ___,
    ...rest
  } = process.env;
  return rest;
}

function connectionTo(
  folder: string,
  socket: string,
  owner?: number,
): Connection {
  return {
    folder,
    provide: parts =>
      ask(socket, 'POST', '/parts', { parts, owner }) as Promise<PlatformState>,
    state: () => ask(socket, 'GET', '/state') as Promise<PlatformState>,
    restart: (name, extra) =>
      ask(socket, 'POST', '/restart', {
        name,
        extra,
      }) as Promise<PlatformState>,
    async stop() {
      const { pid } = (await ask(socket, 'GET', '/state')) as PlatformState;
      await ask(socket, 'POST', '/stop');
      while (isAlive(pid)) {
        await new Promise(done => setTimeout(done, POLL_MS));
      }
    },
  };
}

/** Paths of sockets are short (104 characters on some systems), so not in the folder itself. */
function socketOf(folder: string): string {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return path.join(tmpdir(), `meshway-platform-${hash}.sock`);
}

async function answers(socket: string): Promise<boolean> {
  if (!existsSync(socket)) return false;
  return ask(socket, 'GET', '/state').then(
    () => true,
    () => false,
  );
}

function ask(
  socket: string,
  method: string,
  address: string,
  body?: unknown,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { socketPath: socket, method, path: address },
      response => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', chunk => (text += chunk));
        response.once('end', () => {
          const answer = JSON.parse(text);
          if (response.statusCode === 200) resolve(answer);
          else reject(new Error(answer.message));
        });
      },
    );
    sent.once('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
