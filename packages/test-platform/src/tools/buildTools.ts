import { spawn } from 'node:child_process';
import {
  cpSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { lock } from 'proper-lockfile';
import { sentencesFor } from './sentences';
import { filesOf, findTool, isFound } from './findTool';
import { builtFolder, moduleFolder } from './places';
import { tools, type GoSource, type Tool, type ToolName } from './pinned';

export type BuildProgress = (
  event: { tool: ToolName } & (
    | { kind: 'building' }
    | { kind: 'built'; seconds: number }
    /** Somebody else is at it. */
    | { kind: 'waiting' }
  ),
) => void;

const HOUR_MS = 60 * 60_000;

/**
 * Builds what is neither on the PATH nor in the cache, one after the other and with low priority: each build uses every
 * core by itself. Two processes never build the same: the second waits, and finds it done.
 *
 * @throws Error naming the tool with the end of Go's own words, when a build fails or a tool cannot be built here.
 */
export async function buildTools(
  names: readonly ToolName[],
  progress: BuildProgress = () => {},
): Promise<void> {
  for (const name of names) {
    const found = findTool(name);
    if (isFound(found)) continue;
    if (found.reason !== 'not built')
      throw new Error(`${sentencesFor([found])}.`);
    await build(tools[name], progress);
  }
}

async function build(tool: Tool, progress: BuildProgress) {
  if (tool.source.kind !== 'go') return;
  const folder = builtFolder(tool.source);
  mkdirSync(folder, { recursive: true });
  const release = await locked(folder, () =>
    progress({ tool: tool.name, kind: 'waiting' }),
  );
  try {
    if (isFound(findTool(tool.name))) return;
    const started = Date.now();
    progress({ tool: tool.name, kind: 'building' });
    await compile(tool.name, tool.source, folder);
    await copyFiles(tool.name, tool.source, folder);
    const seconds = Math.round((Date.now() - started) / 1000);
    progress({ tool: tool.name, kind: 'built', seconds });
  } finally {
    await release();
  }
}

async function locked(folder: string, waiting: () => void) {
  // A holder that is starved by its own build still renews within two minutes.
  const options = { realpath: false, stale: 120_000, update: 20_000 };
  try {
    return await lock(folder, options);
  } catch {
    waiting();
    return lock(folder, {
      ...options,
      retries: {
        forever: true,
        minTimeout: 1000,
        maxTimeout: 3000,
        maxRetryTime: HOUR_MS,
      },
    });
  }
}

async function compile(name: ToolName, source: GoSource, folder: string) {
  const target = path.join(folder, name);
  if (existsSync(target)) return;
  const unfinished = path.join(folder, `.${name}.${process.pid}`);
  const flags = ['-s', '-w', ...(source.linkerFlags ?? [])].join(' ');
  await go(
    name,
    source,
    folder,
    ...['build', '-trimpath', '-buildvcs=false', '-ldflags', flags],
    ...['-o', unfinished, source.package],
  );
  renameSync(unfinished, target);
}

/** Copies what the platform reads of a module: its CRDs, its examples. */
async function copyFiles(name: ToolName, source: GoSource, folder: string) {
  const targets = filesOf(source);
  for (const [index, [module, from]] of (source.files ?? []).entries()) {
    const target = targets[index];
    if (existsSync(target)) continue;
    const said = await go(
      name,
      source,
      folder,
      ...['list', '-m', '-f', '{{.Dir}}', module],
    );
    const unfinished = `${target}.${process.pid}`;
    rmSync(unfinished, { recursive: true, force: true });
    cpSync(path.join(said.trim(), from), unfinished, { recursive: true });
    renameSync(unfinished, target);
  }
}

/** Runs Go politely, in the module of a tool. @returns what it said on stdout. */
async function go(
  name: ToolName,
  source: GoSource,
  folder: string,
  ...args: string[]
): Promise<string> {
  const log = path.join(folder, `${name}.log`);
  const output = createWriteStream(log);
  const child = spawn('nice', ['-n', '15', 'go', ...args], {
    cwd: moduleFolder(source),
    env: { ...process.env, CGO_ENABLED: '0', GOWORK: 'off' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', chunk => (said += chunk));
  child.stderr.pipe(output);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code === 0) return said;
  const tail = readFileSync(log, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(-15)
    .join('\n');
  throw new Error(
    `${tail}\n\n${name} could not be built (go ${args[0]} in ${path.basename(
      folder,
    )}). Check that this machine reaches a Go module proxy (go env GOPROXY) and has 25 GB of disk. The whole log: ${log}`,
  );
}
