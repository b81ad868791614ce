import { useEntity } from '@backstage/plugin-catalog-react';
import { useNow } from '../loading';
import { MeshTabView } from './MeshTabView';
import { useMeshStatus } from './useMeshStatus';

/** The tab of an entity that tells everything about the mTLS of its service. */
export const MeshTab = () => {
  const { entity } = useEntity();
  const status = useMeshStatus(entity);
  return <MeshTabView status={status} now={useNow()} />;
};
