import type { PlatformState } from '@meshway/test-platform';

export type PeerSettings = {
  /** Where it is installed. */
  folder: string;
  kubernetes: NonNullable<PlatformState['kubernetes']>;
};
