import type { Settings } from '../settings';

/** What every row is given. */
export type Bench = {
  settings: Settings;
  /** A folder for whatever it makes; it goes with the bench. */
  folder: string;
  say(text: string): void;
  /** Done at the end, in the opposite order, whatever happens. */
  atEnd(work: () => Promise<unknown>): void;
};
