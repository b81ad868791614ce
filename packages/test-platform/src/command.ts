/**
 * `./dev platform build | up | status | down`, and what `./dev start --cluster` needs, as a program of its own.
 *
 *   up ─► build what is missing ─► find the running one, or start it ─► boot every part ─► what it is, and where
 */
import { connect, connected, folderOf } from './connect';
import { partNames, type PartName } from './parts';
import { writePortalConfig } from './portalConfig';
import { presentState } from './presentState';
import { toolsFor, switchedOff } from './requirements';
import type { PlatformState } from './state';
import { buildTools, findTool, isMissing, sentencesFor } from './tools';

const REMIND_MS = 5000;
const folder = folderOf('up');

const commands: Record<string, (argument: string) => Promise<number>> = {
  async build() {
    await build();
    return 0;
  },

  async up() {
    say(presentState(await boot()));
    return 0;
  },

  /** Ends with the process of this id, unless it runs already. Its last line names the portal's configuration for it. */
  async portal(owner) {
    const state = await boot(Number(owner));
    say(`configuration: ${writePortalConfig(state)}`);
    return 0;
  },

  /** Says what this machine cannot even build, or that it shall not. */
  async lacks() {
    const off = switchedOff();
    if (off) {
      say(off);
      return 1;
    }
    const missing = toolsFor(partNames)
      .map(findTool)
      .filter(isMissing)
      .filter(tool => tool.reason !== 'not built');
    say(sentencesFor(missing).join('; '));
    return missing.length === 0 ? 0 : 1;
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

async function boot(owner?: number): Promise<PlatformState> {
  await build();
  const found = await connected(folder);
  const platform = await connect(folder, owner);
  const stopShowing = showing(() => platform.state());
  try {
    return await platform.provide(partNames);
  } catch (error) {
    if (!found) await platform.stop();
    throw error;
  } finally {
    stopShowing();
  }
}

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

async function main([name, argument]: string[]): Promise<number> {
  try {
    return await commands[name](argument);
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 1;
  }
}

main(process.argv.slice(2)).then(code => process.exit(code));
