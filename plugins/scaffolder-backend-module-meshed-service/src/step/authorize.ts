import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  createResourceRef,
  formatServiceRef,
  MeshedServiceSpec,
  meshedServiceChangePermission,
  meshedServiceCreatePermission,
  serviceRefOf,
  serviceResourceRef,
} from '@meshway/plugin-meshed-service-common';
import type { Initiator } from './initiator';
import type { StepServices } from './StepServices';

/** @throws NotAllowedError unless the initiator may ask for a service of the requested owner. */
export async function authorizeCreate(
  { owner }: Pick<MeshedServiceSpec, 'owner'>,
  { ref, credentials }: Initiator,
  { permissions }: Pick<StepServices, 'permissions'>,
): Promise<void> {
  const [decision] = await permissions.authorize(
    [
      {
        permission: meshedServiceCreatePermission,
        resourceRef: createResourceRef(owner),
      },
    ],
    { credentials },
  );
  if (decision.result !== AuthorizeResult.ALLOW)
    throw new NotAllowedError(
      `owner: ${ref} may not ask for a service of ${owner}. Choose a team that you belong to, or ask ${owner} to create it.`,
    );
}

/**
 * Decided on the owner that the claim records, not on the one that the request names; who hands a service over must be
 * allowed on the new owner, too.
 *
 * @throws NotFoundError when nobody has asked for the service yet, NotAllowedError unless the initiator may change it.
 */
export async function authorizeChange(
  spec: MeshedServiceSpec,
  initiator: Initiator,
  services: Pick<StepServices, 'permissions' | 'publishing'>,
): Promise<void> {
  const service = formatServiceRef(serviceRefOf(spec));
  const claim = await services.publishing.registry.readClaim(
    serviceRefOf(spec),
  );
  if (!claim)
    throw new NotFoundError(
      `There is no service ${service} to change. Create it first, with meshedService:repository:publish.`,
    );
  const [decision] = await services.permissions.authorize(
    [
      {
        permission: meshedServiceChangePermission,
        resourceRef: serviceResourceRef(service),
      },
    ],
    { credentials: initiator.credentials },
  );
  if (decision.result !== AuthorizeResult.ALLOW)
    throw new NotAllowedError(
      `${initiator.ref} may not change ${service}, which belongs to ${claim.owner}. Ask its owner.`,
    );
  if (spec.owner !== claim.owner)
    await authorizeCreate(spec, initiator, services);
}
