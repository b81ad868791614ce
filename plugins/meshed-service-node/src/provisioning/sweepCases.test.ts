import { casesOf, waysOf } from './__testUtils__/sweepCases';

const requests = [1, 20, 44, 57, 169, 175];
const strides = [1, 2, 7, 12, 13, 24, 44, 57, 97, 143];
const sizes = requests.flatMap(many => strides.map(every => [many, every]));
const firsts = (every: number) =>
  Array.from({ length: every }, (_, index) => index + 1);

describe('the cases of a sweep', () => {
  it('are every request in all twelve ways', () => {
    const all = casesOf(57, { every: 1, first: 1 });
    expect([
      all.length,
      new Set(all.map(one => JSON.stringify(one))).size,
    ]).toEqual([57 * 12, 57 * 12]);
  });

  it.each(sizes)(
    'of %i requests fall apart into %i parts, each of which meets as many ways as it can',
    (many, every) => {
      const parts = firsts(every).map(first => casesOf(many, { every, first }));
      const all = parts.flat().map(one => JSON.stringify(one));
      expect({
        all: [all.length, new Set(all).size],
        poor: parts.filter(part => waysOf(part) !== Math.min(12, part.length)),
      }).toEqual({ all: [many * 12, many * 12], poor: [] });
    },
  );

  it.each(sizes)(
    'of %i requests lie evenly over all of them, when %i is the stride',
    (many, every) => {
      const apart = Math.ceil(every / 12) + 1;
      const gaps = firsts(every).flatMap(first => {
        const struck = casesOf(many, { every, first }).map(({ at }) => at);
        return [...struck, many + 1].map(
          (at, index) => at - (struck[index - 1] ?? 0),
        );
      });
      expect(Math.max(...gaps)).toBeLessThanOrEqual(apart);
    },
  );

  it.each([44, 57])(
    'of %i requests meet at least five of the six kinds in the form that is run by default',
    many => {
      const met = casesOf(many, { every: 97, first: 1 });
      expect(new Set(met.map(({ kind }) => kind)).size).toBeGreaterThan(4);
    },
  );
});
