/**
 * Dependencies, installed when something that decides them has changed.
 *
 *   lockfile, manifests, Node ─► digest ─► same as the stamp in node_modules? ─► nothing to do
 *                                          else yarn install --immutable ─► stamp
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root, toolchain } from './places.mjs';
import { step } from './step.mjs';

const stamp = join(root, 'node_modules', '.meshway-installed');

/** @returns Yarn as this repository carries it. */
export function yarnRelease() {
  const folder = join(root, '.yarn', 'releases');
  const [file] = readdirSync(folder).filter(name => name.endsWith('.cjs'));
  return join(folder, file);
}

/** Makes `yarn` and dependencies be there. */
export async function ensureDependencies(node, env) {
  writeYarnCommand();
  const wanted = digest(node);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await step(
    'Dependencies (yarn install)',
    [join(node, 'bin', 'node'), yarnRelease(), 'install', '--immutable'],
    {
      name: 'yarn-install',
      env: { ...env, ...mirror() },
      whenItFails:
        'Yarn could not install the dependencies. Check that this machine reaches an npm registry (npm ping) and has 3 GB of disk; a "lockfile would have been modified" above means that package.json was edited without `yarn install`.',
    },
  );
  writeFileSync(stamp, wanted);
}

/** `yarn` for scripts that call it, wherever the checkout has been moved. */
function writeYarnCommand() {
  const file = join(toolchain, 'bin', 'yarn');
  mkdirSync(join(toolchain, 'bin'), { recursive: true });
  writeFileSync(
    file,
    `#!/bin/sh\nexec node "$(dirname "$0")"/../../../.yarn/releases/yarn-*.cjs "$@"\n`,
  );
  chmodSync(file, 0o755);
}

function digest(node) {
  const hash = createHash('sha256').update(node);
  const manifests = ['packages', 'plugins'].flatMap(parent =>
    readdirSync(join(root, parent)).map(name =>
      join(root, parent, name, 'package.json'),
    ),
  );
  for (const file of [
    join(root, 'yarn.lock'),
    join(root, '.yarnrc.yml'),
    join(root, 'package.json'),
    ...manifests.filter(existsSync).sort(),
  ]) {
    hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Yarn does not read npm's settings: pass on a registry that the user has chosen for npm. */
function mirror() {
  if (process.env.YARN_NPM_REGISTRY_SERVER) return {};
  const url = process.env.npm_config_registry ?? registryOf(npmrc());
  if (!url) return {};
  return {
    YARN_NPM_REGISTRY_SERVER: url.replace(/\/$/, ''),
    ...(url.startsWith('http:') && {
      YARN_UNSAFE_HTTP_WHITELIST: new URL(url).hostname,
    }),
  };
}

function npmrc() {
  const file = process.env.npm_config_userconfig ?? join(homedir(), '.npmrc');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function registryOf(text) {
  return /^\s*registry\s*=\s*(\S+)\s*$/m.exec(text)?.[1];
}
