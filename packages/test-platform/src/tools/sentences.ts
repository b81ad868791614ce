import type { MissingTool } from './findTool';

/** @returns why tools are missing and what to do about it: one clause for each way out. */
export function sentencesFor(missing: readonly MissingTool[]): string[] {
  const of = (reason: MissingTool['reason']) =>
    missing.filter(tool => tool.reason === reason);
  const names = (tools: readonly MissingTool[]) =>
    tools
      .map(({ name, version }) => [name, version].filter(Boolean).join(' '))
      .join(', ');
  const [unbuilt, unbuildable, uninstalled] = [
    of('not built'),
    of('no Go'),
    of('not installed'),
  ];
  return [
    unbuilt.length > 0 &&
      `${names(
        unbuilt,
      )}: neither on the PATH nor built yet (./dev platform build makes it, once)`,
    unbuildable.length > 0 &&
      `${names(
        unbuildable,
      )}: not on the PATH, and there is no Go to build it with (install Go 1.26 or newer, then ./dev platform build)`,
    uninstalled.length > 0 &&
      `${names(uninstalled)}: not on the PATH (Debian: apt-get install ${names(
        uninstalled,
      ).replaceAll(',', '')})`,
  ].filter(clause => clause !== false);
}
