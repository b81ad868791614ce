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
  ['snapshot'],
  ['policy', 'effective'],
  ['plan'],
  ['apply'],
  ['verify'],
  ['phase'],
  ['retire'],
  ['change', 'list'],
  ['change', 'merge'],
];
const page = readFileSync(path.join(checkout, 'docs/cli.md'), 'utf8');
const common = page.split('## The real systems')[1].split('\n## ')[0];

describe('meshway --help', () => {
  it('names every command and every exit code', async () => {
    const ran = await meshway(['--help']);

    expect(ran).toMatchObject({ code: 0, err: '' });
    for (const [command] of commands)
      expect(ran.out).toContain(`  ${command} `);
    const listed = ran.out.split('Commands:')[1].split('Examples')[0];
    expect(
      [...listed.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name).sort(),
    ).toEqual([...new Set(commands.map(([name]) => name)), 'help'].sort());
    expect(ran.out).toContain(exitCodeHelp);
  });

  it.each(commands)('explains itself for %s %s', async (...words) => {
    const command = words.filter(Boolean);

    const ran = await meshway([...command, '--help']);

    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(page).toContain(`## meshway ${command.join(' ')}\n`);
    const section = page.split(`## meshway ${command.join(' ')}\n`)[1];
    // What several commands have in common stands once, above them.
    const explained = `${common}${section.split('\n## ')[0]} --help`;
    for (const [option] of ran.out.matchAll(/--[a-z]+(?:-[a-z]+)*/g))
      expect(explained).toContain(option);
    for (const [, short] of ran.out.matchAll(/^ {2}(-[a-gi-zV]), --/gm))
      expect(explained).toContain(`\`${short}, --`);
  });

  it('documents every exit code', () => {
    for (const code of Object.values(exitCodes)) {
      expect(exitCodeHelp).toMatch(new RegExp(`^ {2}${code} `, 'm'));
      expect(page).toMatch(new RegExp(`^\\| \`${code}\` `, 'm'));
    }
  });
});
