import type { ClusterAccess } from '@meshway/plugin-meshed-service-node';
import type { Memory } from '../portal';

export type WatchSettings = {
  access:
    | { kind: 'address'; url: string }
    | Extract<ClusterAccess, { kind: 'kubeconfig' }>;
  /** Nothing but pods. */
  podsOnly: boolean;
};

export type Watched = {
  objects: number;
  milliseconds: number;
  longestBlock: number;
  before: Memory;
  after: Memory;
};
