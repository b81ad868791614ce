import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { builtFolder, onPath } from './places';
import { tools, type GoSource, type Tool, type ToolName } from './pinned';

export type FoundTool = {
  name: ToolName;
  command: string;
  /** Where the copies of `GoSource.files` lie; absent when the tool has none. */
  files?: string;
};

/** Why a tool is not there, and what to do; `buildable` when this machine can make it. */
export type MissingTool = {
  name: ToolName;
  because: string;
  buildable: boolean;
};

/** @returns a tool from the PATH in the right version, or as it was built; or why there is none. */
export function findTool(name: ToolName): FoundTool | MissingTool {
  const tool = tools[name];
  const command = fromPath(tool) ?? fromCache(tool);
  if (tool.source.kind === 'debian') {
    return command
      ? { name, command }
      : {
          name,
          because: `${name} is not on the PATH (Debian: apt-get install ${tool.source.package})`,
          buildable: false,
        };
  }
  const files = filesOf(tool.source);
  if (command && files.every(existsSync)) {
    return {
      name,
      command,
      ...(files.length > 0 && { files: path.join(builtFolder(tool.source)) }),
    };
  }
  return onPath('go')
    ? {
        name,
        because: `${name} ${tool.version} is neither on the PATH nor built yet (./dev platform build makes it, once)`,
        buildable: true,
      }
    : {
        name,
        because: `${name} ${tool.version} is not on the PATH, and there is no Go to build it with (install Go 1.26 or newer, then ./dev platform build)`,
        buildable: false,
      };
}

export const isFound = (tool: FoundTool | MissingTool): tool is FoundTool =>
  'command' in tool;

/** @returns where the copies of a source's files belong. */
export function filesOf(source: GoSource): string[] {
  return (source.files ?? []).map(([, , to]) =>
    path.join(builtFolder(source), to),
  );
}

function fromCache({ name, source }: Tool): string | undefined {
  if (source.kind !== 'go') return undefined;
  const file = path.join(builtFolder(source), name);
  return existsSync(file) ? file : undefined;
}

function fromPath(tool: Tool): string | undefined {
  const command = onPath(tool.name);
  if (!command || !tool.version) return command;
  const { stdout, stderr } = spawnSync(command, [...tool.versionArguments], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  const said = /\b(\d+\.\d+)\.\d+/.exec(`${stdout}${stderr}`)?.[1];
  return said === tool.version ? command : undefined;
}
