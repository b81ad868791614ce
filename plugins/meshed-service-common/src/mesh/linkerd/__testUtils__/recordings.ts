import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../../model';

const root = resolve(__dirname, '../../../../../..');

/**
 * @param variable - names the folder in the environment; it then has to hold something.
 * @param folder - otherwise, seen from the root of the repository.
 * @returns the folders in it, in order, or why there are none.
 */
export function recordedFolders({
  variable,
  folder,
}: {
  variable?: string;
  folder: string;
}): { folders: string[]; absent?: string } {
  const named = variable ? process.env[variable] : undefined;
  const at = resolve(root, named ?? folder);
  const found = existsSync(at)
    ? readdirSync(at)
        .map(name => join(at, name))
        .filter(each => statSync(each).isDirectory())
        .sort()
    : [];
  if (found.length > 0) return { folders: found };
  const absent = `${at} holds no folder to compare with`;
  if (named !== undefined) throw new Error(`${variable}: ${absent}`);
  return { folders: [], absent };
}

/** @returns the objects of a file of YAML documents. */
export function readDocuments(file: string): KubernetesObject[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).flatMap(
    document => (document.toJS() as KubernetesObject | null) ?? [],
  );
}

/** @returns the content of a file of JSON. */
export function readJson(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
