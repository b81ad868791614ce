import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Asks git itself who signed what was committed last. */
export async function authorOfLastCommit(
  repositories: string,
  repository: string,
): Promise<string> {
  const { stdout } = await promisify(execFile)(
    'git',
    ['log', '-1', '--format=%an <%ae>', 'main'],
    { cwd: join(repositories, `${repository}.git`) },
  );
  return stdout.trim();
}
