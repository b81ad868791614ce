import { KeptTexts } from './KeptTexts';

describe('KeptTexts', () => {
  const held = (kept: KeptTexts, ids: string[]) =>
    ids.filter(id => kept.has(id)).map(id => [id, kept.get(id)]);

  it('keeps texts, and that a file is none', () => {
    const kept = new KeptTexts();
    kept.keep('a', 'text');
    kept.keep('b', undefined);
    expect(held(kept, ['a', 'b', 'c'])).toEqual([
      ['a', 'text'],
      ['b', undefined],
    ]);
  });

  it('lets only as many of the oldest go as it needs room for', () => {
    const kept = new KeptTexts(10);
    for (const id of ['a', 'b', 'c']) kept.keep(id, 'text');
    expect(held(kept, ['a', 'b', 'c'])).toEqual([
      ['b', 'text'],
      ['c', 'text'],
    ]);
    kept.keep('d', undefined);
    expect(held(kept, ['b', 'c', 'd'])).toEqual([
      ['c', 'text'],
      ['d', undefined],
    ]);
  });

  it('counts what is kept twice once, and never holds what is too large for it', () => {
    const kept = new KeptTexts(10);
    for (let time = 0; time < 9; time++) kept.keep('a', 'text');
    kept.keep('b', 'text');
    expect(held(kept, ['a', 'b'])).toHaveLength(2);
    kept.keep('c', 'more than there is room for');
    expect(held(kept, ['a', 'b', 'c'])).toEqual([]);
  });
});
