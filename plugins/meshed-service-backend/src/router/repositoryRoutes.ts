import { meshedServiceReadPermission } from '@meshway/plugin-meshed-service-common';
import type { Request, Response, Router } from 'express';
import type { RouterServices } from './RouterServices';

/** Files of repositories, for the source pages. Who may see a service may see what it was made from. */
export function addRepositoryRoutes(
  router: Router,
  { httpAuth, access, repositories }: RouterServices,
): void {
  const readTree = async (request: Request, response: Response) => {
    const { repository, branch, 0: rest = '' } = request.params;
    const path = rest.replace(/\/+$/, '');
    const credentials = await httpAuth.credentials(request);
    const { owner } = await repositories.claimOf(repository);
    await access.require(meshedServiceReadPermission, owner, credentials);
    response.json(await repositories.read({ repository, branch, path }));
  };
  router.get('/v1/repositories/:repository/tree/:branch', readTree);
  router.get('/v1/repositories/:repository/tree/:branch/*', readTree);
}
