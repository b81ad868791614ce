import { execFile } from 'node:child_process';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { platformForTests } from '.';
import { folderOf } from './connect';
import { packageFolder } from './tools';

const run = promisify(execFile);

describe('what a platform of one’s own leaves', () => {
  // Whatever this machine lacks, it lacks it here, too.
  platformForTests(['prometheus'], { own: true });
  const all = path.dirname(folderOf('any'));
  const kept: string[] = [];
  afterAll(() => {
    for (const folder of kept) rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a test on one, in a Jest of its own. */
  async function ranTest(shallPass: 'yes' | 'no') {
    const { JEST_WORKER_ID: _, ...rest } = process.env;
    const running = run(
      process.execPath,
      [
        require.resolve('@backstage/cli/bin/backstage-cli'),
        'package',
        'test',
        '--watchAll=false',
        '--testMatch=**/__testUtils__/failing.ts',
      ],
      {
        cwd: packageFolder,
        env: { ...rest, MESHWAY_SHALL_PASS: shallPass, CI: 'true' },
      },
    );
    const said = await running.then(
      ({ stderr }) => ({ passed: true, stderr }),
      error => ({ passed: false, stderr: String(error.stderr) }),
    );
    const [, folder] = /^Logs of its platform: (.+)$/m.exec(said.stderr) ?? [];
    if (folder) kept.push(folder);
    // Other platforms come and go meanwhile; these are of that Jest.
    const left = readdirSync(all).filter(name =>
      name.startsWith(`own-${running.child.pid}-`),
    );
    return { ...said, folder, left };
  }

  it('is its logs when a test of it failed', async () => {
    const { passed, folder = '', left } = await ranTest('no');

    expect({
      passed,
      left,
      logs: existsSync(folder) && readdirSync(folder, { recursive: true }),
    }).toEqual({
      passed: false,
      left: [path.basename(folder)],
      logs: expect.arrayContaining(['host.log']),
    });
  });

  it('is nothing when all have passed', async () => {
    const { passed, left } = await ranTest('yes');

    expect({ passed, left }).toEqual({ passed: true, left: [] });
  });
});
