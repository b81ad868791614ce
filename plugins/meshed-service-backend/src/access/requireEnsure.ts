import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  meshedServiceChangePermission,
  meshedServiceCreatePermission,
} from '@meshway/plugin-meshed-service-common';
import type { ServiceAccess } from './ServiceAccess';

/** Who wants a service, who holds it, and who is said to hand it over. */
export type Owners = {
  service: string;
  requested: string;
  /** Owner in the claim; undefined when the name is free. */
  recorded: string | undefined;
  transferFrom?: string;
};

/**
 * Creating is decided on the requested owner, changing on the recorded one, and handing over on both; it has to be meant, so
 * that a slip in a form hands nothing over.
 *
 * @throws NotAllowedError naming whom to ask, ConflictError naming who holds the name.
 */
export async function requireEnsure(
  access: ServiceAccess,
  { service, requested, recorded, transferFrom = requested }: Owners,
  credentials: BackstageCredentials,
): Promise<void> {
  const isOurs = recorded === requested;
  await access.require(
    isOurs ? meshedServiceChangePermission : meshedServiceCreatePermission,
    requested,
    credentials,
  );
  if (recorded !== undefined && !isOurs && recorded !== transferFrom)
    throw new ConflictError(
      `${service} belongs to ${recorded}. Choose another name, or ask them. To hand it over to ${requested}, send transferFrom: ${recorded}; the rights of both are needed.`,
    );
  if (transferFrom === requested) return;
  // The last writes of a handover are done in the new owner's name already.
  if (isOurs)
    await access.require(meshedServiceCreatePermission, requested, credentials);
  await access.require(
    meshedServiceChangePermission,
    transferFrom,
    credentials,
  );
}
