/**
 * The portal: frontend and backend, until Ctrl-C; with --cluster on a real platform, which ends with it.
 *
 *   ports ─► configuration by environment ─► backstage-cli repo start ─► both answer ─► "Open …"
 */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { read } from './arguments.mjs';
import { clusterConfigs } from './cluster.mjs';
import { choosePorts } from './ports.mjs';
import { launch } from './processes.mjs';
import { begin } from './progress.mjs';
import { root } from './places.mjs';
import { logOf, shown, tail } from './step.mjs';
import { Stop } from './stop.mjs';

const PATIENCE_MS = 10 * 60_000;

/** @throws Stop when an argument is wrong or a port is taken. @returns what was asked for. */
export async function check(args) {
  const { values } = read('start', args, {
    port: { type: 'string' },
    'backend-port': { type: 'string' },
    verbose: { type: 'boolean' },
    cluster: { type: 'boolean' },
  });
  const { verbose, cluster } = values;
  return { ports: await choosePorts(values), verbose, cluster };
}

export default async function start(args, { node, env }) {
  const { ports, verbose, cluster } = await check(args);
  const addresses = {
    app: `http://localhost:${ports.app}`,
    backend: `http://localhost:${ports.backend}`,
  };
  const configs = cluster ? await clusterConfigs(node, env) : [];
  const log = logOf('portal', process.env.MESHWAY_HOME);
  const ended = begin('Portal (frontend and backend)');
  const portal = launch(
    [
      join(node, 'bin', 'node'),
      join(root, 'node_modules', '@backstage', 'cli', 'bin', 'backstage-cli'),
      ...['repo', 'start'],
      ...configs.flatMap(file => ['--config', file]),
    ],
    { cwd: root, env: { ...env, ...overrides(ports, addresses) } },
  );
  const file = createWriteStream(log);
  for (const stream of [portal.stdout, portal.stderr]) {
    stream.pipe(file, { end: false });
    if (verbose) stream.pipe(process.stdout, { end: false });
  }

  const gone = once(portal, 'close').then(() => 'gone');
  const first = await Promise.race([gone, answers(addresses)]);
  if (first !== 'ready') {
    ended('✗');
    throw new Stop(
      `${tail(log)}\n\nThe portal did not start${
        first === 'late' ? ` within ${PATIENCE_MS / 60_000} minutes` : ''
      }: the last lines of ${shown(log)} are above.`,
    );
  }
  ended('✓');
  console.log(`  Ctrl-C ends it. Its log: ${shown(log)}`);
  console.log(`Open ${addresses.app} and choose Create.`);
  await gone;
  throw new Stop(
    `${tail(log)}\n\nThe portal has ended: the last lines of ${shown(
      log,
    )} are above.`,
  );
}

/** The addresses as configuration; Backstage reads `APP_CONFIG_*` as overrides. */
function overrides(ports, addresses) {
  return {
    APP_CONFIG_app_baseUrl: JSON.stringify(addresses.app),
    APP_CONFIG_backend_baseUrl: JSON.stringify(addresses.backend),
    APP_CONFIG_backend_listen_port: String(ports.backend),
    APP_CONFIG_backend_cors_origin: JSON.stringify(addresses.app),
    BROWSER: 'none',
  };
}

/** @returns 'ready' once frontend and backend both answer, or 'late'. */
async function answers({ app, backend }) {
  const deadline = Date.now() + PATIENCE_MS;
  const open = new Set([
    `${app}/`,
    `${backend}/.backstage/health/v1/readiness`,
  ]);
  while (Date.now() < deadline) {
    for (const address of [...open]) {
      if (await isOk(address)) open.delete(address);
    }
    if (open.size === 0) return 'ready';
    await new Promise(resolve => setTimeout(resolve, 300));
  }
  return 'late';
}

async function isOk(address) {
  try {
    const response = await fetch(address, {
      signal: AbortSignal.timeout(5000),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
