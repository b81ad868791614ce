/** Formats, and mends what lint can mend. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decisionIndex, indexFile } from '../house/decisionIndex.mjs';
import { yarnRelease } from './dependencies.mjs';
import { step } from './step.mjs';

export default async function fix(_args, { node, env }) {
  const yarn = [join(node, 'bin', 'node'), yarnRelease()];
  await step('Lint', [...yarn, 'backstage-cli', 'repo', 'lint', '--fix'], {
    name: 'fix-lint',
    env,
    whenItFails: 'Lint found what it cannot mend itself.',
  });
  await step('Format', [...yarn, 'prettier', '--write', '.'], {
    name: 'fix-prettier',
    env,
    whenItFails: 'A file could not be parsed.',
  });
  writeFileSync(indexFile, decisionIndex());
  return 0;
}
