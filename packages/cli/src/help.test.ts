import { readFileSync } from 'node:fs';
import path from 'node:path';
import { exitCodeHelp, exitCodes } from './exitCodes';
import { checkout, meshway } from './__testUtils__/meshway';

// Each test starts processes; a busy machine takes its time.
jest.setTimeout(300_000);

const commands = [
  ['render'],
  ['check'],
  ['status'],
  ['change', 'list'],
  ['change', 'merge'],
];
const page = readFileSync(path.join(checkout, 'docs/cli.md'), 'utf8');

describe('meshway --help', () => {
  it('names every command and every exit code', async () => {
    const ran = await meshway(['--help']);

    expect(ran).toMatchObject({ code: 0, err: '' });
    for (const [command] of commands)
      expect(ran.out).toContain(`  ${command} `);
    expect(ran.out).toContain(exitCodeHelp);
  });

  it.each(commands)('explains itself for %s %s', async (...words) => {
    const command = words.filter(Boolean);

    const ran = await meshway([...command, '--help']);

    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(page).toContain(`## meshway ${command.join(' ')}\n`);
    for (const [option] of ran.out.matchAll(/--[a-z]+/g))
      expect(`${page} --help`).toContain(option);
  });

  it('documents every exit code', () => {
    for (const code of Object.values(exitCodes)) {
      expect(exitCodeHelp).toMatch(new RegExp(`^ {2}${code} `, 'm'));
      expect(page).toMatch(new RegExp(`^\\| \`${code}\` `, 'm'));
    }
  });
});
