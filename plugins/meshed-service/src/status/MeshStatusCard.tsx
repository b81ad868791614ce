import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { useNow } from '../loading';
import { MeshStatusView } from './MeshStatusView';
import { useMeshStatus } from './useMeshStatus';

/** On the overview of an entity: where its service stands on the mTLS ladder. */
export const MeshStatusCard = () => {
  const { entity } = useEntity();
  const status = useMeshStatus(entity);
  const now = useNow();
  return (
    <section aria-label="Mesh" data-testid="meshway-card">
      <EntityInfoCard title="Mesh">
        <MeshStatusView status={status} now={now} moreAt="mesh" />
      </EntityInfoCard>
    </section>
  );
};
