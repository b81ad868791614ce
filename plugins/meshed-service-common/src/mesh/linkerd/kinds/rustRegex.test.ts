import { isRustRegex } from './rustRegex';

describe('isRustRegex', () => {
  // What the regex crate that the policy controller is built with makes of them.
  const taken = [
    ...['', '|', '()', '.*', '^/v[0-9]+/.*$', 'a**', 'a++', '^*', 'a{1,2}{3}'],
    ...['}', ']', '[]a]', '[^]]', '[a-]', '[--z]', '[a[b]]', '[a&&b]'],
    ...['[[:alpha:]]', '[\\d_-]', '\\pL', '\\p{Greek}', '\\p{sc=Greek}'],
    ...['(?i)x', '(?s-m:.)', '(?P<a>x)(?<b>y)', '(?x) a # (', '\\x{41}'],
    ...['\\U0001F600', '\\/', '\\-', '\\ ', '\\b{start}', '\\b{2}', '\\z'],
    ...['a{ 2 , 3 }', '(?:é|\\n)+?'],
  ];
  const refused = [
    ...['(', ')', '(?', '(?:a', '[', '[]', '[^]', '[a', '*', '|*', '(*a)'],
    ...['(?i)*', 'a{', 'a{,5}', 'a{3,1}', 'a{4294967296}', '{', '\\'],
    ...['(?=x)', '(?!x)', '(?<=x)', '(?<!x)', '(?>a)', '(?#c)', '(?)', '(?ii)'],
    ...['(?i-)', '(?z)', '(?<n>a)(?<n>b)', '(?<1>a)', '(?P=n)', '\\1', '\\0'],
    ...['\\k<n>', '\\Z', '\\e', '\\h', '\\é', '\\x4', '\\u{110000}', '\\ud800'],
    ...['[z-a]', '[a-\\d]', '[\\w-z]', '[\\b]', '\\p{Foo}', '\\p{L', '\\b{x}'],
  ];

  it('takes what Rust takes', () => {
    expect(taken.filter(each => !isRustRegex(each))).toEqual([]);
  });

  it('refuses what Rust refuses', () => {
    expect(refused.filter(isRustRegex)).toEqual([]);
  });

  it.each([
    ['(', ')'],
    ['[', 'a]'],
  ])(
    'follows %s%s into each other as deep as Rust, and no deeper',
    (open, close) => {
      const nested = (depth: number) =>
        open.repeat(depth) + close.repeat(depth);
      expect([100, 1_000, 100_000].map(nested).map(isRustRegex)).toEqual([
        true,
        false,
        false,
      ]);
    },
  );
});
