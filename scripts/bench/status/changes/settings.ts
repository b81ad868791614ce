import type { PlatformState } from '@meshway/test-platform';

export type ChangeSettings = {
  kubernetes: NonNullable<PlatformState['kubernetes']>;
  token: string;
  /** What is changed, and where its status is read. */
  services: Array<{ path: string; address: string }>;
  /** How many changes, one after the other. */
  sequential: number;
  /** How many changes at an even pace, whatever became of those before. */
  together: number;
  perSecond: number;
};

/** Milliseconds of every change, from its being sent, and from the server's answer to it. */
export type ChangeTimes = Record<
  'sequential' | 'together',
  { sent: number[]; written: number[] }
>;
