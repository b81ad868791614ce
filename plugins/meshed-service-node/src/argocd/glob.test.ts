import { globMatches } from './glob';

describe('globMatches', () => {
  it.each([
    ['a*', 'abc', true],
    ['a?c', 'abc', true],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['{a,b}x', 'bx', true],
    ['a.c', 'abc', false],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['(a|b)', 'a', false],
    ['{a', 'a', false],
    ['[', 'a', false],
    ['', '', true],
    ['', 'a', false],
  ])('%s and %s', (pattern, text, matches) => {
    expect(globMatches(pattern, text)).toBe(matches);
  });

  it('stops a star at a separator, and two stars nowhere', () => {
    expect([
      globMatches('a/*', 'a/b/c', '/'),
      globMatches('a/**', 'a/b/c', '/'),
    ]).toEqual([false, true]);
  });
});
