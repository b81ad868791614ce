import { useApi } from '@backstage/frontend-plugin-api';
import { Container } from '@backstage/ui';
import { useCallback } from 'react';
import { meshedServiceApiRef } from '../api';
import { useLoadable, useNow } from '../loading';
import { ClustersView } from './ClustersView';

/** How often a visible page asks again: sources are not announced, and grow old by themselves. */
const POLL_SECONDS = 15;

/** Every cluster, and how fresh and how whole what is known of it is. */
export const ClustersPage = () => {
  const api = useApi(meshedServiceApiRef);
  const read = useCallback(
    (signal: AbortSignal) => api.readClusters({ signal }),
    [api],
  );
  const clusters = useLoadable(read, { everySeconds: POLL_SECONDS });
  return (
    <Container>
      <ClustersView clusters={clusters} now={useNow()} />
    </Container>
  );
};
