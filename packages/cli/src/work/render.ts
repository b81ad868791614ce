import { promises as fs } from 'node:fs';
import path from 'node:path';
import {
  BundleFile,
  bundleFiles,
  renderBundle,
  toYaml,
} from '@meshway/plugin-meshed-service-common';
import { readPlatformFile, readSpec } from '../input';
import type { Host } from '../program';
import { UnreadableError } from '../UnreadableError';

/** Prints what a request becomes, or writes it to files. */
export async function render(
  file: string,
  options: { output?: string; force?: boolean; config?: string },
  { terminal }: Host,
): Promise<void> {
  const spec = await readSpec(file, terminal);
  const bundle = renderBundle(
    spec,
    await readPlatformFile(options.config, terminal),
  );
  if (options.output === undefined) {
    terminal.print(toYaml(bundle.objects));
    return;
  }
  const files = bundleFiles(spec, bundle);
  if (files.length === 0)
    throw new UnreadableError(
      `${file}: with delivery apply the portal writes these objects, and the repository holds none of them; leave --output away to see them`,
    );
  await writeFiles(options.output, files, options.force ?? false);
  terminal.note(`${files.length} files in ${options.output}`);
}

/** All or, where one would be lost, none. */
async function writeFiles(
  folder: string,
  files: readonly BundleFile[],
  force: boolean,
): Promise<void> {
  const blocked: string[] = [];
  const lost: string[] = [];
  for (const file of files) {
    const place = path.join(folder, file.path);
    if (!(await isFree(place))) blocked.push(file.path);
    else if (!force) {
      const there = await readIfThere(place);
      if (there !== undefined && there !== file.content) lost.push(file.path);
    }
  }
  if (blocked.length > 0)
    throw new UnreadableError(
      `${folder}: ${blocked.join(
        ', ',
      )} stands in the way, and is no plain file; nothing was written`,
    );
  if (lost.length > 0)
    throw new UnreadableError(
      `${folder}: holds files of other content (${lost.join(
        ', ',
      )}); nothing was written. Add --force to overwrite them.`,
    );
  for (const file of files) {
    const target = path.join(folder, file.path);
    await fs.mkdir(path.dirname(target), { recursive: true });
    await fs.writeFile(target, file.content);
  }
}

/** A link would lead the writing out of the folder. */
async function isFree(file: string): Promise<boolean> {
  try {
    return (await fs.lstat(file)).isFile();
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return undefined;
    throw error;
  }
}
