/** The size of a screen, in characters. */
export type Screen = { rows: number; columns: number };

/** @returns as much of a text as a screen holds, from its beginning, and a line that says how much is missing. */
export function fitted(text: string, { rows, columns }: Screen): string {
  const lines = text.split('\n');
  const heightOf = (line: string) =>
    Math.max(1, Math.ceil(line.length / columns));
  const height = lines.reduce((sum, line) => sum + heightOf(line), 0);
  if (height <= rows) return text;
  const shown: string[] = [];
  let left = rows - 1;
  for (const line of lines) {
    left -= heightOf(line);
    if (left < 0) break;
    shown.push(line);
  }
  const missing = lines.length - shown.length;
  return [
    ...shown,
    `… ${missing} more line${
      missing === 1 ? '' : 's'
    }; a larger window, or a narrower question, shows all`,
  ].join('\n');
}
