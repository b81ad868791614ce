/**
 * The verbs of ./dev.
 *
 *   ./dev <verb> ─► Node that Backstage accepts ─► dependencies ─► the verb's own file
 *
 * Runs on Node 20 without any dependency; whatever it starts runs on the Node that was found.
 */
import { endAll } from './processes.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { ensureNode } from './node.mjs';
import { environment, meshway } from './places.mjs';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { reportTo } from './progress.mjs';
import { Stop, sentenceFor } from './stop.mjs';

const verbs = {
  start: {
    says: 'start the portal on localhost:3000 (--port N, --backend-port N, --cluster)',
    load: () => import('./start.mjs'),
  },
  test: {
    says: 'run every test that this machine can run ([group…], --require group,…, --list)',
    load: () => import('./test/index.mjs'),
  },
  platform: {
    says: 'a real Kubernetes, Vault and Argo CD on this machine (up, status, down, build)',
    load: () => import('./platform.mjs'),
  },
  bench: {
    says: 'measure what things cost, on a real platform (provision)',
    load: () => import('./bench.mjs'),
    ownsStdout: true,
  },
  golden: {
    says: 'rewrite the golden steps in examples/ (--check only compares)',
    load: () => import('./golden.mjs'),
  },
  meshway: {
    says: 'run the command line tool from this checkout (./dev meshway --help)',
    load: () => import('./meshway.mjs'),
    ownsStdout: true,
  },
  fix: {
    says: 'format, and mend what lint can mend',
    load: () => import('./fix.mjs'),
  },
  clean: {
    says: 'remove what builds made (--all: toolchain, dependencies and the portal’s data, too)',
    load: () => import('./clean.mjs'),
    bare: true,
  },
};

function usage() {
  const lines = Object.entries(verbs).map(
    ([verb, { says }]) => `  ./dev ${verb.padEnd(8)} ${says}`,
  );
  return `Meshway: meshed services from a form, and the truth about their mTLS.\n\n${lines.join(
    '\n',
  )}\n`;
}

async function main([name, ...args]) {
  if (!name || ['help', '--help', '-h'].includes(name)) {
    console.log(usage());
    return 0;
  }
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb) throw new Stop(`./dev knows no "${name}".\n\n${usage()}`);
  const { default: run, check } = await verb.load();
  // What the person has to mend is said before anything is installed.
  await check?.(args);
  if (verb.ownsStdout) reportTo(process.stderr);
  if (verb.bare) return run(args);
  mkdirSync(meshway, { recursive: true });
  accessSync(meshway, constants.W_OK);
  const node = await ensureNode();
  const env = environment(node);
  await ensureDependencies(node, env);
  return run(args, { node, env });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const sentence = error instanceof Stop ? error.message : sentenceFor(error);
  console.error(sentence ?? error);
  process.exitCode = 1;
} finally {
  await endAll();
}
