import {
  defaultPlatform,
  Platform,
} from '@meshway/plugin-meshed-service-common';
import type { Terminal } from '../Terminal';
import { readPortalConfig } from './readPortalConfig';

/**
 * Reads what the platform team decided from a portal's configuration file; the defaults when none is named.
 *
 * @throws UnreadableError or InputError naming the key.
 */
export async function readPlatformFile(
  file: string | undefined,
  terminal: Pick<Terminal, 'readStdin'>,
): Promise<Platform> {
  return file === undefined
    ? defaultPlatform
    : (await readPortalConfig(file, terminal)).settings.platform;
}
