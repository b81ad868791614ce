import { useApi } from '@backstage/frontend-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { parseEntityRef } from '@backstage/catalog-model';
import { annotations } from '@meshway/plugin-meshed-service-common';
import { useCallback } from 'react';
import { meshedServiceApiRef } from '../api';
import { useLoadable } from '../loading';

/** What there is to narrow a fleet by: the teams that own meshed services, and the clusters. Nothing, while it is not known. */
export function useChoices(): {
  owners: Array<{ value: string; label: string }>;
  clusters: string[];
} {
  const api = useApi(meshedServiceApiRef);
  const catalog = useApi(catalogApiRef);
  const clusters = useLoadable(
    useCallback(signal => api.readClusters({ signal }), [api]),
  );
  const owners = useLoadable(
    useCallback(async () => {
      const { facets } = await catalog.getEntityFacets({
        facets: ['relations.ownedBy'],
        filter: {
          [`metadata.annotations.${annotations.service}`]:
            CATALOG_FILTER_EXISTS,
        },
      });
      return (facets['relations.ownedBy'] ?? []).map(({ value }) => value);
    }, [catalog]),
  );
  return {
    clusters:
      clusters.kind === 'ready'
        ? clusters.value.items.map(({ name }) => name)
        : [],
    owners:
      owners.kind === 'ready'
        ? owners.value.sort().map(value => ({
            value,
            label: parseEntityRef(value).name,
          }))
        : [],
  };
}
