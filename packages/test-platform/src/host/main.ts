/**
 * The process that holds a platform: boots parts when asked, ends everything when asked or when its owners are gone.
 *
 *   POST /parts {parts, owner?} ─► boot ─► state      GET /state ─► state      POST /stop ─► everything ends
 *   POST /restart {name, extra?} ─► kill, launch again ─► state
 *
 * Started by `connect.ts`: node --require @backstage/cli/config/nodeTransform.cjs main.ts <folder> <socket>
 */
import { createServer, type IncomingMessage } from 'node:http';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { PartName } from '../parts';
import { beginningOf, isAlive, Processes } from '../processes';
import { findTool, isFound, sentencesFor } from '../tools';
import { Host } from './Host';

const WATCH_MS = 500;

const [folder, socket] = process.argv.slice(2);
const work = path.join(folder, 'run');
const logs = path.join(folder, 'logs');
for (const old of [work, logs, socket]) {
  rmSync(old, { recursive: true, force: true });
}
mkdirSync(work, { recursive: true, mode: 0o700 });
mkdirSync(logs, { recursive: true });

const processes = new Processes(logs);
const host = new Host(
  {
    folder: work,
    processes,
    tool: name => {
      const found = findTool(name);
      if (isFound(found)) return found;
      throw new Error(`${sentencesFor([found])}.`);
    },
  },
  processes,
);

/** Processes without which this platform has no purpose. */
const owners = new Map<number, string | undefined>();
/** Somebody has asked for it without an owner: it lasts until it is stopped. */
let lasting = false;

const server = createServer(async (request, response) => {
  const answer = (status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  try {
    switch (`${request.method} ${request.url}`) {
      case 'POST /parts': {
        const { parts, owner } = (await bodyOf(request)) as {
          parts: PartName[];
          owner?: number;
        };
        if (owner) owners.set(owner, beginningOf(owner));
        else lasting = true;
        return answer(200, await host.provide(parts));
      }
      case 'POST /restart': {
        const { name, extra } = (await bodyOf(request)) as {
          name: string;
          extra?: string[];
        };
        await processes.restart(name, extra);
        return answer(200, host.current());
      }
      case 'GET /state':
        return answer(200, host.current());
      case 'POST /stop':
        answer(200, {});
        return await stop();
      default:
        return answer(404, { message: 'no such address' });
    }
  } catch (error) {
    return answer(500, {
      message: error instanceof Error ? error.message : String(error),
    });
  }
});
server.requestTimeout = 0;
server.listen(socket);

setInterval(() => {
  if (lasting || owners.size === 0) return;
  for (const [pid, beginning] of owners) {
    if (!isAlive(pid) || beginningOf(pid) !== beginning) owners.delete(pid);
  }
  if (owners.size === 0) stop();
}, WATCH_MS);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, stop);
}

let stopping: Promise<void> | undefined;

function stop() {
  stopping ??= (async () => {
    server.close();
    await processes.endAll();
    // Keys and data are worth nothing any more; logs stay.
    rmSync(work, { recursive: true, force: true });
    rmSync(socket, { force: true });
    process.exit(0);
  })();
  return stopping;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return JSON.parse(text);
}
