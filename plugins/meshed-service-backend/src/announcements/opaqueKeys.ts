import { createHmac, randomBytes } from 'node:crypto';

/**
 * @param secret - of this process; whoever does not have it can neither read a name from a key nor try out names.
 * @returns what makes the key under which changes of a service are announced.
 */
export function opaqueKeys(
  secret: Buffer = randomBytes(32),
): (service: string) => string {
  return service =>
    createHmac('sha256', secret)
      .update(service)
      .digest('base64url')
      .slice(0, 22);
}
