/** Every row of the table, in the order of issue 5; those that need the same portal or cluster are measured together. */
import type { Figure } from '../Figure';
import type { RowName } from '../settings';
import type { Bench } from './Bench';
import { memory } from './memory';
import { reads } from './reads';
import { onRealCluster } from './real';

export const rows: ReadonlyArray<{
  of: readonly RowName[];
  measure(bench: Bench): Promise<Figure[]>;
}> = [
  { of: ['read', 'batch'], measure: reads },
  { of: ['memory'], measure: memory },
  { of: ['start', 'change', 'peer'], measure: onRealCluster },
];
