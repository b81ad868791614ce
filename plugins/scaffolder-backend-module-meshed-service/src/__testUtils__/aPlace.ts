import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export { checkout, configFor, writtenCluster } from './configFor';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders)
    rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the test file. */
export function aFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshway-actions-'));
  folders.push(folder);
  return folder;
}
