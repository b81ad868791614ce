/** What things cost, measured on a real platform that is booted for it and ends with it. */
import { join } from 'node:path';
import { read } from './arguments.mjs';
import { inherit } from './inherit.mjs';
import { root } from './places.mjs';
import { Stop } from './stop.mjs';

const USAGE = `./dev bench provision  requests and milliseconds per service: plan, apply, repeated apply, retire
  --services 1,100     how many services, one run each (the default takes a few minutes)
  --full               1, 100 and 1000 services
  --parallel 8         how many at once
  --json               print JSON instead of a table

./dev bench status     what it costs to know the truth: each figure beside what it has to be (10 to 25 minutes)
  --rows read,peer     some of: read, batch, memory, start, change, peer (default: all of them)
  --services 10000     how many services for read and batch
  --pods 10000         how many pods for memory, start, change and peer
  --short              small sizes and few rounds: whether it works, and no figures to publish
  --json               print JSON instead of a table`;

const ROWS = ['read', 'batch', 'memory', 'start', 'change', 'peer'];

const flag = { type: 'boolean' };
const text = { type: 'string' };

/** What can be measured: its options, and what the program is told. */
const benches = {
  provision: {
    program: 'provision.ts',
    options: { services: text, full: flag, parallel: text, json: flag },
    settingsOf({ services, full, parallel, json }) {
      if (full && services) {
        throw new Stop(
          './dev bench: --full and --services exclude each other.',
        );
      }
      return {
        services: (services ?? (full ? '1,100,1000' : '1,100'))
          .split(',')
          .map(each => wholeNumber('--services', each, 5000)),
        parallel: wholeNumber('--parallel', parallel ?? '8', 64),
        json: json ?? false,
      };
    },
  },
  status: {
    program: 'status/main.ts',
    options: {
      rows: text,
      services: text,
      pods: text,
      short: flag,
      json: flag,
    },
    settingsOf({ rows, services, pods, short, json }) {
      const size = short ? '20' : '10000';
      return {
        rows: (rows ?? ROWS.join(',')).split(',').map(knownRow),
        services: wholeNumber('--services', services ?? size, 50_000),
        pods: wholeNumber('--pods', pods ?? size, 50_000),
        rounds: short ? 1 : 5,
        reads: short ? 20 : 1000,
        json: json ?? false,
      };
    },
  },
};

/** @throws Stop when it is not said what to measure. @returns the program, and arguments for it. */
export function check(args) {
  const [name] = args;
  if (!Object.hasOwn(benches, name ?? '')) throw new Stop(USAGE);
  const { program, options, settingsOf } = benches[name];
  const { values, positionals } = read('bench', args, options, true);
  if (positionals.length !== 1) throw new Stop(USAGE);
  return [
    program,
    JSON.stringify(settingsOf(values)),
    ['./dev bench', ...args].join(' '),
  ];
}

function wholeNumber(option, text, largest) {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (number >= 1 && number <= largest) return number;
  throw new Stop(
    `./dev bench: ${option} takes whole numbers from 1 to ${largest}, not "${text}".`,
  );
}

function knownRow(name) {
  if (ROWS.includes(name)) return name;
  throw new Stop(
    `./dev bench: --rows takes some of ${ROWS.join(', ')}, not "${name}".`,
  );
}

export default function bench(args, { node, env }) {
  const [program, ...told] = check(args);
  return inherit(
    [
      join(node, 'bin', 'node'),
      // The product is TypeScript: Backstage's own loader reads it.
      ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
      join(root, 'scripts', 'bench', program),
      ...told,
    ],
    { env },
  );
}
