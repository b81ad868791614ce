/** The index of docs/adr: one line per decision, from its own heading. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../docs/adr', import.meta.url));

export const indexFile = join(folder, 'README.md');

/** @returns what the index should be. */
export function decisionIndex() {
  const lines = readdirSync(folder)
    .filter(name => /^\d{4}-.*\.md$/.test(name) && !name.startsWith('0000-'))
    .sort()
    .map(name => {
      const [, heading] =
        /^# (?:ADR )?(?:\d+[:.]? *)?(.+)$/m.exec(
          readFileSync(join(folder, name), 'utf8'),
        ) ?? [];
      return `- [${name.slice(0, 4)}: ${heading ?? name}](${name})`;
    });
  return `# Decisions

One file per decision, short: context, decision, price. [The template](0000-template.md). A decision is changed by a new one, not by drifting.

${lines.join('\n')}
`;
}
