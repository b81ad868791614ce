/** TechDocs: the generator that the portal uses renders a page. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from '../places.mjs';
import { run } from '../step.mjs';

/** @returns why the docs of a service cannot be rendered on this machine. */
export function mkdocs({ env }) {
  try {
    execFileSync('mkdocs', ['--version'], { env, stdio: 'ignore' });
    return undefined;
  } catch {
    return 'no mkdocs on this machine (pip install -r scripts/dev/requirements-docs.txt)';
  }
}

export async function docs({ log, env }) {
  const folder = join(cache, 'docs');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'docs'), { recursive: true });
  writeFileSync(
    join(folder, 'mkdocs.yml'),
    'site_name: probe\nplugins: [techdocs-core]\n',
  );
  writeFileSync(join(folder, 'docs', 'index.md'), '# Probe\n');
  const code = await run(['mkdocs', 'build', '--strict'], {
    log,
    env,
    cwd: folder,
  });
  return code === 0 ? { passed: 1 } : { failed: 1 };
}
