import type { ClusterAccess } from '@meshway/plugin-meshed-service-node';
import type { Memory } from '../portal';

type Access =
  | { kind: 'address'; url: string }
  | Extract<ClusterAccess, { kind: 'kubeconfig' }>;

export type WatchSettings = {
  access: Access;
  /** Followed before anything is measured. */
  warmUp?: Access;
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
