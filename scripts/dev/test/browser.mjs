/** The browser tests: each brings its own portal, and says at its end what it has counted. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../places.mjs';
import { run, tail } from '../step.mjs';
import { yarn } from './command.mjs';

const places = [
  process.env.MESHWAY_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** @returns why there is no browser test on this machine. */
export function chromium() {
  return places.some(place => place && existsSync(place))
    ? undefined
    : 'no Chromium on this machine (Debian: apt-get install chromium; MESHWAY_CHROMIUM names one elsewhere)';
}

export const browser = context => inBrowser(context, 'test:e2e');

/** On the real platform. */
export const cluster = context => inBrowser(context, 'test:e2e-cluster');

async function inBrowser(context, script) {
  const { log, env } = context;
  if (!hasTest(script))
    return { failed: 1, notes: [`packages/app has no ${script}`] };
  const code = await run(yarn(context, 'workspace', 'app', script), {
    log,
    env,
  });
  const line =
    /^browser: (\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(
      readFileSync(log, 'utf8'),
    ) ?? undefined;
  if (!line) return { failed: 1, notes: [tail(log, 60)] };
  const [passed, failed, skipped] = line.slice(1).map(Number);
  return {
    passed,
    failed: failed || (code === 0 ? 0 : 1),
    skipped,
    notes: failed || code !== 0 ? [tail(log, 80)] : [],
  };
}

/** Yarn would call a script of the root by the same name, and that one calls us. */
function hasTest(script) {
  const manifest = readFileSync(
    join(root, 'packages/app/package.json'),
    'utf8',
  );
  return Boolean(JSON.parse(manifest).scripts[script]);
}
