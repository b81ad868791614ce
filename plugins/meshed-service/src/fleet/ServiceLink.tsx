import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import type { ServiceSummary } from '@meshway/plugin-meshed-service-common';

/** The name of a service, leading to its tab in the catalog where it has one. */
export const ServiceLink = ({ summary }: { summary: ServiceSummary }) => {
  const entityRoute = useRouteRef(entityRouteRef);
  const { name } = summary.service;
  if (!summary.entityRef || !entityRoute) return <strong>{name}</strong>;
  return (
    <Link
      href={`${entityRoute(parseEntityRef(summary.entityRef))}/mesh`}
      variant="body-medium"
      weight="bold"
    >
      {name}
    </Link>
  );
};
