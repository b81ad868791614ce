/**
 * `./dev platform build | up | status | down`, as a program of its own.
 *
 *   up ─► build what is missing ─► find the running one, or start it ─► boot every part ─► what it is, and where
 */
import { buildTools } from './tools';
import { connect, connected, folderOf } from './connect';
import { partNames, type PartName } from './parts';
import { presentState } from './presentState';
import { toolsFor } from './requirements';
import type { PlatformState } from './state';

const REMIND_MS = 5000;
const folder = folderOf('up');

const commands: Record<string, () => Promise<number>> = {
  async build() {
    await build();
    return 0;
  },

  async up() {
    await build();
    const platform = await connect(folder);
    const stopShowing = showing(() => platform.state());
    try {
      say(presentState(await platform.provide(partNames)));
      return 0;
    } catch (error) {
      await platform.stop();
      throw error;
    } finally {
      stopShowing();
    }
  },

  async status() {
    const platform = await connected(folder);
    say(
      platform
        ? presentState(await platform.state())
        : 'No platform runs. ./dev platform up starts one.',
    );
    return platform ? 0 : 1;
  },

  async down() {
    const platform = await connected(folder);
    await platform?.stop();
    say(platform ? 'The platform has ended.' : 'No platform runs.');
    return 0;
  },
};

async function build() {
  await buildTools(toolsFor(partNames), event => {
    switch (event.kind) {
      case 'building':
        return say(`… building ${event.tool} (once; minutes)`);
      case 'waiting':
        return say(`… ${event.tool} is being built by somebody else; waiting`);
      default:
        return say(`✓ ${event.tool} built (${event.seconds} s)`);
    }
  });
}

/** Says now and then what is still booting. @returns a function that ends it. */
function showing(read: () => Promise<PlatformState>): () => void {
  const shown = new Set<string>();
  const started = Date.now();
  const timer = setInterval(async () => {
    const state = await read().catch(() => undefined);
    const booting = (Object.keys(state?.parts ?? {}) as PartName[]).filter(
      part => state?.parts[part]?.state === 'starting',
    );
    const line = `… booting ${booting.join(', ')}`;
    if (booting.length === 0 || shown.has(line)) return;
    shown.add(line);
    say(`${line} (${Math.round((Date.now() - started) / 1000)} s)`);
  }, REMIND_MS);
  return () => clearInterval(timer);
}

function say(text: string) {
  process.stdout.write(`${text}\n`);
}

async function main(name: string): Promise<number> {
  try {
    return await commands[name]();
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 1;
  }
}

main(process.argv[2]).then(code => process.exit(code));
