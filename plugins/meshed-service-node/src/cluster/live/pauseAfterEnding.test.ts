import { pauseAfterEnding } from './pauseAfterEnding';
import { defaultWatchLimits } from './WatchLimits';

const almost = 0.999_999;
const failure = { kind: 'failed', because: 'it is away' } as const;
const no = { kind: 'forbidden', because: 'it may not' } as const;
const pauses = (
  ending: Parameters<typeof pauseAfterEnding>[0],
  chance: number,
) =>
  [1, 2, 3, 7, 1_000].map(failures =>
    pauseAfterEnding(ending, failures, chance, defaultWatchLimits),
  );

describe('the pause after a failure', () => {
  it('is anything up to a bound that doubles from half a second to half a minute', () => {
    expect([pauses(failure, 0), pauses(failure, almost)]).toEqual([
      [0, 0, 0, 0, 0],
      [499, 999, 1_999, 29_999, 29_999],
    ]);
  });

  it('is no shorter than the server asks for', () => {
    const wanted = { ...failure, retryAfter: 7_000 };
    expect([pauses(wanted, 0), pauses(wanted, almost)]).toEqual([
      [7_000, 7_000, 7_000, 7_000, 7_000],
      [7_124, 7_249, 7_499, 14_499, 14_499],
    ]);
  });

  it('is an even one where something is forbidden', () => {
    expect([pauses(no, 0), pauses(no, almost)]).toEqual([
      [1_000, 2_000, 4_000, 15_000, 15_000],
      [1_999, 3_999, 7_999, 29_999, 29_999],
    ]);
  });
});
