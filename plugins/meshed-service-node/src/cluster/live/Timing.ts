import { Clock, systemClock } from '../../http';

/** Time and chance of the live source. @public */
export type Timing = Clock & {
  /** @returns milliseconds since some moment: a clock that nobody sets. */
  elapsed(): number;
};

/** @public */
export const systemTiming: Timing = {
  ...systemClock,
  elapsed: () => performance.now(),
};
