import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** @returns whether a program of that name can be started from one of the folders of PATH. */
export async function isOnPath(
  program: string,
  path: string | undefined,
): Promise<boolean> {
  for (const folder of (path ?? '').split(delimiter).filter(Boolean)) {
    try {
      await access(join(folder, program), constants.X_OK);
      return true;
    } catch {
      // Not in this one.
    }
  }
  return false;
}
