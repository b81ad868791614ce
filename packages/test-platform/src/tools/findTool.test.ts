import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { builtFolder } from './places';
import { findTool, isMissing, sentencesFor, tools } from '.';

describe('findTool', () => {
  const before = { ...process.env };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'meshway-tools-'));
    process.env.PATH = path.join(folder, 'bin');
    process.env.MESHWAY_TOOLS = path.join(folder, 'cache');
    mkdirSync(process.env.PATH);
  });
  afterEach(() => {
    process.env = { ...before };
    rmSync(folder, { recursive: true, force: true });
  });

  it('takes a program of the PATH whose version fits', () => {
    const command = aProgram(
      path.join(folder, 'bin', 'etcd'),
      'etcd Version: 3.6.2',
    );

    expect(findTool('etcd')).toEqual({ name: 'etcd', command });
  });

  it('leaves a program of the PATH alone whose version does not fit, and takes the one that was built', () => {
    aProgram(path.join(folder, 'bin', 'etcd'), 'etcd Version: 3.4.23');
    const command = aProgram(builtProgram('etcd'), '');

    expect(findTool('etcd')).toEqual({ name: 'etcd', command });
  });

  it('can build what is not there, where there is Go', () => {
    aProgram(path.join(folder, 'bin', 'go'), '');

    expect(findTool('vault')).toEqual({
      name: 'vault',
      version: '1.21',
      reason: 'not built',
    });
  });

  it('misses a tool whose files were not copied', () => {
    aProgram(builtProgram('argocd'), '');

    expect(findTool('argocd')).toMatchObject({ reason: 'no Go' });
  });

  it('says for each way out which tools it brings', () => {
    const missing = (['vault', 'etcd', 'redis-server'] as const)
      .map(findTool)
      .filter(isMissing);

    expect(sentencesFor(missing)).toEqual([
      'vault 1.21, etcd 3.6: not on the PATH, and there is no Go to build it with (install Go 1.26 or newer, then ./dev platform build)',
      'redis-server: not on the PATH (Debian: apt-get install redis-server)',
    ]);
  });
});

function builtProgram(name: 'etcd' | 'argocd'): string {
  const { source } = tools[name];
  if (source.kind !== 'go') throw new Error(`${name} is not built`);
  return path.join(builtFolder(source), name);
}

/** @returns the path of a program that only says something. */
function aProgram(file: string, says: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho '${says}'\n`);
  chmodSync(file, 0o755);
  return file;
}
