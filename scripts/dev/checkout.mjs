/** A copy of what ./dev needs, for its tests: whatever they break is not this checkout. */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  existsSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './places.mjs';

/** An address of this machine where nobody answers: a machine without a registry. */
const NOBODY = 'http://127.0.0.1:9/';

export function aCheckout() {
  const folder = mkdtempSync(join(tmpdir(), 'meshway-dev-'));
  const copied = ['dev', 'package.json', 'yarn.lock', '.yarnrc.yml', '.yarn'];
  for (const name of [...copied, 'scripts/dev']) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  for (const parent of ['packages', 'plugins']) {
    for (const name of readdirSync(join(root, parent))) {
      const manifest = join(parent, name, 'package.json');
      if (!existsSync(join(root, manifest))) continue;
      cpSync(join(root, manifest), join(folder, manifest));
    }
  }
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const env = {
    HOME: folder,
    PATH: bin,
    npm_config_registry: NOBODY,
    npm_config_fetch_retries: '0',
    YARN_HTTP_RETRY: '0',
    YARN_GLOBAL_FOLDER: join(folder, 'yarn'),
    YARN_ENABLE_NETWORK_RETRIES: '0',
  };
  return {
    folder,
    /** Puts programs of this machine on the otherwise empty PATH. */
    with(...programs) {
      for (const program of programs) {
        const { stdout } = spawnSync('sh', ['-c', `command -v ${program}`], {
          encoding: 'utf8',
        });
        symlinkSync(
          program === 'node' ? process.execPath : stdout.trim(),
          join(bin, program),
        );
      }
      return this;
    },
    /** Puts a program on the PATH that only says something. */
    withFake(program, says) {
      writeFileSync(join(bin, program), `#!/bin/sh\necho '${says}'\n`);
      chmodSync(join(bin, program), 0o755);
      return this;
    },
    dev(args, more = {}) {
      const child = spawn('/bin/sh', [join(folder, 'dev'), ...args], {
        env: { ...env, ...more },
      });
      return collect(child);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** @returns what a child said, and how it ended. */
export function collect(child) {
  return new Promise(resolve => {
    let said = '';
    child.stdout.on('data', chunk => (said += chunk));
    child.stderr.on('data', chunk => (said += chunk));
    child.once('close', code => resolve({ code, said }));
  });
}
