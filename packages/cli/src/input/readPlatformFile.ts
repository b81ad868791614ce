import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import {
  defaultPlatform,
  Platform,
} from '@meshway/plugin-meshed-service-common';
import { readMeshedServiceConfig } from '@meshway/plugin-meshed-service-node';
import path from 'node:path';
import type { Terminal } from '../Terminal';
import { UnreadableError } from '../UnreadableError';
import { readDocuments } from './readDocuments';
import { readTexts } from './readTexts';

/**
 * Reads what the platform team decided from a portal's configuration file; the defaults when none is named.
 *
 * @throws UnreadableError or InputError naming the key.
 */
export async function readPlatformFile(
  file: string | undefined,
  terminal: Pick<Terminal, 'readStdin'>,
): Promise<Platform> {
  if (file === undefined) return defaultPlatform;
  const [text, ...more] = await readTexts([file], terminal);
  if (!text || text.found || more.length > 0)
    throw new UnreadableError(`${file}: is a folder; name a file`);
  const [document, ...others] = readDocuments(text);
  if (!isObject(document?.value) || others.length > 0)
    throw new UnreadableError(`${file}: is not a configuration of a portal`);
  return readMeshedServiceConfig(new ConfigReader(document.value, file), {
    root: path.dirname(path.resolve(file)),
  }).platform;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
