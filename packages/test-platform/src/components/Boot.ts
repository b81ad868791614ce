import type { FoundTool, ToolName } from '../tools';
import type { Processes } from '../processes';

/** What a component boots with. */
export type Boot = {
  /** Folder of this run: data, keys, configuration. */
  folder: string;
  processes: Processes;
  tool: (name: ToolName) => FoundTool;
};
