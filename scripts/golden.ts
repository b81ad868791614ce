/**
 * Rewrites the golden steps of every example, or compares them (--check).
 *
 *   examples/<name>/1-input.yaml ─► 2-spec.yaml, 3-bundle/…
 *   examples/<name>/4-observed   ─► 5-status/…
 *
 * Run by `./dev golden`; by hand: node --require @backstage/cli/config/nodeTransform.cjs scripts/golden.ts [--check]
 * Exit codes: 0 up to date or rewritten, 1 something differs, 2 cannot tell.
 */
import fs from 'node:fs';
import path from 'node:path';
import { goldenFiles } from '@meshway/plugin-meshed-service-common/testUtils';
import { renderStatusExamples } from '@meshway/plugin-meshed-service-node';

const root = path.resolve(__dirname, '..');
const examples = path.join(root, 'examples');
/** Everything in these folders is golden: a file that nothing renders any more is deleted. */
const goldenFolders = ['3-bundle', '5-status'];

type Difference = { file: string; what: 'missing' | 'differs' | 'left over' };

/** One after the other: a status is computed from the spec as the step before has written it. */
const steps: Array<(folder: string) => Promise<Map<string, string>>> = [
  async folder => {
    const input = path.join(folder, '1-input.yaml');
    return fs.existsSync(input)
      ? goldenFiles(fs.readFileSync(input, 'utf8'))
      : new Map();
  },
  async folder =>
    fs.existsSync(path.join(folder, '4-observed'))
      ? renderStatusExamples(folder)
      : new Map(),
];

const nameOf = (folder: string, { file }: { file: string }) =>
  path.relative(folder, file).split(path.sep).join('/');

function filesBelow(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap(entry =>
      entry.isDirectory()
        ? filesBelow(path.join(folder, entry.name))
        : [path.join(folder, entry.name)],
    );
}

function differences(
  folder: string,
  wanted: ReadonlyMap<string, string>,
): Difference[] {
  const found: Difference[] = [];
  for (const [name, content] of wanted) {
    const file = path.join(folder, name);
    if (!fs.existsSync(file)) found.push({ file, what: 'missing' });
    else if (fs.readFileSync(file, 'utf8') !== content)
      found.push({ file, what: 'differs' });
  }
  const rendered = new Set([...wanted.keys()].map(name => name.split('/')[0]));
  for (const golden of goldenFolders.filter(name => rendered.has(name)))
    for (const file of filesBelow(path.join(folder, golden)))
      if (!wanted.has(nameOf(folder, { file })))
        found.push({ file, what: 'left over' });
  return found;
}

/** Makes a file what it should be; a left-over one has no content. */
function settle({ file }: Difference, content: string | undefined) {
  if (content === undefined) {
    fs.rmSync(file);
    return;
  }
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
}

async function main(): Promise<number> {
  const check = process.argv.includes('--check');
  const stray = process.argv.slice(2).filter(word => word !== '--check');
  if (stray.length > 0) {
    console.error(`Unknown argument ${stray[0]}; only --check is known`);
    return 2;
  }
  let count = 0;
  for (const entry of fs.readdirSync(examples, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const folder = path.join(examples, entry.name);
    for (const step of steps) {
      const wanted = await step(folder);
      for (const difference of differences(folder, wanted)) {
        count += 1;
        console.log(
          `${path.relative(root, difference.file)}: ${difference.what}`,
        );
        if (!check) settle(difference, wanted.get(nameOf(folder, difference)));
      }
    }
  }
  if (count === 0) console.log('The golden steps in examples/ are up to date');
  else if (check)
    console.error(
      `${count} golden files are not what the code makes; run ./dev golden and review the difference`,
    );
  return check && count > 0 ? 1 : 0;
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
