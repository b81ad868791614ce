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
  --json               print JSON instead of a table`;

const SMALLEST = 1;
const LARGEST = 5000;

/** @throws Stop when it is not said what to measure. @returns arguments for the program. */
export function check(args) {
  const { values, positionals } = read(
    'bench',
    args,
    {
      services: { type: 'string' },
      full: { type: 'boolean' },
      parallel: { type: 'string' },
      json: { type: 'boolean' },
    },
    true,
  );
  if (positionals.length !== 1 || positionals[0] !== 'provision') {
    throw new Stop(USAGE);
  }
  if (values.full && values.services) {
    throw new Stop('./dev bench: --full and --services exclude each other.');
  }
  const services = (values.services ?? (values.full ? '1,100,1000' : '1,100'))
    .split(',')
    .map(text => wholeNumber('--services', text, LARGEST));
  const parallel = wholeNumber('--parallel', values.parallel ?? '8', 64);
  return JSON.stringify({ services, parallel, json: values.json ?? false });
}

function wholeNumber(option, text, largest) {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (number >= SMALLEST && number <= largest) return number;
  throw new Stop(
    `./dev bench: ${option} takes whole numbers from ${SMALLEST} to ${largest}, not "${text}".`,
  );
}

export default function bench(args, { node, env }) {
  return inherit(
    [
      join(node, 'bin', 'node'),
      // The product is TypeScript: Backstage's own loader reads it.
      ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
      join(root, 'scripts', 'bench', 'provision.ts'),
      check(args),
    ],
    { env },
  );
}
