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

/** A tool that is not there, and why. */
export type MissingTool = {
  name: ToolName;
  version: string;
  /** `not built`: this machine can make it. */
  reason: 'not built' | 'no Go' | 'not installed';
};

/** @returns a tool from the PATH in the right version, or as it was built; or why there is none. */
export function findTool(name: ToolName): FoundTool | MissingTool {
  const tool = tools[name];
  const command = fromPath(tool) ?? fromCache(tool);
  const missing = { name, version: tool.version };
  if (tool.source.kind === 'debian') {
    return command
      ? { name, command }
      : { ...missing, reason: 'not installed' };
  }
  const files = filesOf(tool.source);
  if (command && files.every(existsSync)) {
    return {
      name,
      command,
      ...(files.length > 0 && { files: builtFolder(tool.source) }),
    };
  }
  return { ...missing, reason: onPath('go') ? 'not built' : 'no Go' };
}

export const isMissing = (tool: FoundTool | MissingTool): tool is MissingTool =>
  !isFound(tool);

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
