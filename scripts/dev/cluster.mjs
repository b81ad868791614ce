/** The platform that `./dev start --cluster` runs on: found, or booted for as long as this process lives. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { platformCommand } from './platform.mjs';
import { root } from './places.mjs';
import { Stop } from './stop.mjs';

const ANSWER = 'configuration: ';

/** @returns the configuration files of a portal on the platform, in the order in which they count. */
export async function clusterConfigs(node, env) {
  const [command, ...args] = platformCommand(node, 'portal', process.pid);
  const child = spawn(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  let file;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith(ANSWER)) file = line.slice(ANSWER.length);
    else console.log(line);
  }
  const [code] = await ended;
  if (code !== 0 || !file) {
    throw new Stop('There is no platform for the portal: see above.');
  }
  console.log('✓ Platform (./dev platform status tells about it)');
  return [
    join(root, 'app-config.yaml'),
    join(root, 'app-config.local.yaml'),
    file,
  ].filter(existsSync);
}
