/**
 * Ports from one to another, both included.
 *
 * @public
 */
export type PortRange = { from: number; to: number };

/**
 * @returns the ranges of a text as `25,7000-7002`, or undefined when a part of it is no port: the mesh then ignores all.
 *
 * @public
 */
export function parsePorts(text: string): PortRange[] | undefined {
  const ranges: PortRange[] = [];
  for (const part of text.split(',').map(each => each.trim())) {
    if (part === '') continue;
    const match = /^\+?(\d+)\s*(?:-\s*\+?(\d+))?$/.exec(part);
    if (!match) return undefined;
    const from = Number(match[1]);
    const to = Number(match[2] ?? match[1]);
    if (from < 1 || to > 65535 || from > to) return undefined;
    ranges.push({ from, to });
  }
  return ranges;
}

/**
 * @returns whether a port lies in one of the ranges.
 *
 * @public
 */
export function inPorts(ranges: readonly PortRange[], port: number): boolean {
  return ranges.some(({ from, to }) => from <= port && port <= to);
}
