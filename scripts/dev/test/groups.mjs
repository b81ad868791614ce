/**
 * The groups of tests, in the order in which they start: what fails fast comes first.
 *
 * A group has a name, what it proves, how it runs, and perhaps what this machine `lacks` for it (and under which
 * `requirement` that is forbidden), what it comes `after`, whether it wants the machine `alone`, whether it runs `beside`
 * the others, politely, from the beginning, and whether it is a part of another one that runs only when asked for `byName`.
 */
import { join } from 'node:path';
import { cache } from '../places.mjs';
import { browser, chromium, cluster } from './browser.mjs';
import { command, nodeTests, yarn } from './command.mjs';
import { docs, mkdocs } from './docs.mjs';
import { jest } from './jest.mjs';
import { buildPlatform, missingTools } from './platform.mjs';

export const groups = [
  {
    name: 'platform',
    what: 'Kubernetes, Vault, Argo CD and the rest are here, or are built',
    lacks: missingTools,
    requirement: 'platform',
    beside: true,
    run: buildPlatform,
  },
  {
    name: 'tsc',
    what: 'every file has sound types',
    run: context => command(context, yarn(context, 'tsc')),
  },
  {
    name: 'house',
    what: 'directions of dependency are enforced, documents are complete',
    run: context => nodeTests(context, ['scripts/lint', 'scripts/house']),
  },
  {
    name: 'prettier',
    what: 'every file is formatted',
    run: context =>
      command(
        context,
        yarn(
          context,
          ...['prettier', '--check', '.', '--cache'],
          `--cache-location=${join(cache, 'prettier')}`,
        ),
      ),
  },
  {
    name: 'config',
    what: 'the configuration fits its schema, for development and production',
    run: context =>
      command(
        context,
        yarn(context, 'backstage-cli', 'config:check', '--strict'),
        yarn(
          context,
          ...['backstage-cli', 'config:check', '--lax'],
          ...['--config', 'app-config.yaml'],
          ...['--config', 'app-config.production.yaml'],
        ),
      ),
  },
  {
    name: 'lint',
    what: 'every package keeps the rules',
    run: context =>
      command(
        context,
        yarn(
          context,
          ...['backstage-cli', 'repo', 'lint'],
          ...['--max-warnings', '0', '--format', 'stylish'],
        ),
      ),
  },
  {
    name: 'golden',
    what: 'the golden steps in examples/ are what the code makes',
    run: context =>
      command(context, [
        join(context.node, 'bin', 'node'),
        'scripts/dev/main.mjs',
        'golden',
        '--check',
      ]),
  },
  {
    name: 'api-reports',
    what: 'report.api.md of each published package is up to date',
    after: ['tsc'],
    // The script compiles from scratch, for what an incremental compilation infers lists the members of a union in another
    // order. It leaves two messages out. `ae-wrong-input-file-type`: in the workspace, the types of a package are its
    // sources. `ae-undocumented`: the report marks it already, and many a docstring of ours is its `@returns` alone.
    run: context =>
      command(context, yarn(context, 'build:api-reports', '--ci')),
  },
  {
    name: 'docs',
    what: 'TechDocs can be generated',
    lacks: mkdocs,
    requirement: 'docs',
    run: docs,
  },
  {
    name: 'jest',
    what: 'every package does what its tests say',
    after: ['platform'],
    alone: true,
    run: jest,
  },
  {
    name: 'linkerd-scenarios',
    what: 'our inbound policy is the real policy controller’s (in jest, too)',
    byName: true,
    run: context => jest(context, 'linkerd/scenarios'),
  },
  {
    name: 'proxy-situations',
    what: 'who may call is who got through real proxies, and traffic evidence is what was on the wire (in jest, too)',
    byName: true,
    run: context => jest(context, '(linkerd|traffic)/situations'),
  },
  {
    name: 'build',
    what: 'every package can be built',
    alone: true,
    run: context =>
      command(
        context,
        yarn(context, 'backstage-cli', 'repo', 'build', '--all'),
      ),
  },
  {
    name: 'dev-script',
    what: './dev says what it cannot do, and leaves nothing running',
    alone: true,
    run: context => nodeTests(context, ['scripts/dev']),
  },
  {
    name: 'bench',
    what: 'the benches run, at a size of seconds',
    after: ['platform'],
    alone: true,
    run: context => nodeTests(context, ['scripts/bench']),
  },
  {
    name: 'browser',
    what: 'a real browser asks for a service and reads its card',
    lacks: chromium,
    requirement: 'browser',
    alone: true,
    run: browser,
  },
  {
    name: 'cluster',
    what: 'a service made, interrupted and retired on a real Kubernetes, Vault and Argo CD',
    lacks: context => missingTools(context) ?? chromium(),
    requirement: 'platform',
    after: ['platform'],
    alone: true,
    run: cluster,
  },
];
