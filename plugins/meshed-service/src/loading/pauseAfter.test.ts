import { pauseAfter } from './pauseAfter';

describe('pauseAfter', () => {
  it.each([
    ['keeps its pace while all is well', 0, 15],
    ['waits twice as long after one failure', 1, 30],
    ['and twice that after another', 2, 60],
    ['never longer than five minutes', 9, 300],
    ['however long it fails', 10_000, 300],
  ])('%s', (_, failures, seconds) => {
    expect(pauseAfter(failures, 15, 0.5)).toBe(seconds);
  });

  it('spreads those that failed together', () => {
    expect([pauseAfter(1, 15, 0), pauseAfter(1, 15, 0.999)]).toEqual([
      22.5,
      expect.closeTo(37.5, 1),
    ]);
  });
});
