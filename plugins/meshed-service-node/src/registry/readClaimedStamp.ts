import {
  formatServiceRef,
  readStamp,
  serviceRefOf,
  Stamp,
  STAMP_PATH,
} from '@meshway/plugin-meshed-service-common';
import type { Forge } from '../forge';
import type { Claim } from './Registry';

/**
 * @returns the stamp in the repository of a claim; undefined where there is none, or one of another service.
 * @throws InputError naming repository and line when it cannot be read.
 *
 * @public
 */
export async function readClaimedStamp(
  forge: Pick<Forge, 'read'>,
  { repository, service }: Claim,
): Promise<Stamp | undefined> {
  const snapshot = await forge.read(repository, { paths: [STAMP_PATH] });
  const text = snapshot?.files.get(STAMP_PATH);
  if (text === undefined) return undefined;
  const stamp = readStamp(text, `${repository}/${STAMP_PATH}`);
  return formatServiceRef(serviceRefOf(stamp.spec)) === service
    ? stamp
    : undefined;
}
