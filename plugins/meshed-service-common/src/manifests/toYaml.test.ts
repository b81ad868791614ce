import { parse, parseAllDocuments } from 'yaml';
import { hostileTexts } from '../testUtils';
import { toYaml } from './toYaml';

const versions = ['1.1', '1.2'] as const;

describe('toYaml', () => {
  it('puts keys in one order, whatever order they came in', () => {
    const one = {
      metadata: { namespace: 'pay', name: 'a' },
      kind: 'K',
      b: 1,
      apiVersion: 'v1',
    };
    const other = {
      apiVersion: 'v1',
      b: 1,
      kind: 'K',
      metadata: { name: 'a', namespace: 'pay' },
    };
    expect(toYaml(one)).toBe(
      'apiVersion: v1\nkind: K\nmetadata:\n  name: a\n  namespace: pay\nb: 1\n',
    );
    expect(toYaml(other)).toBe(toYaml(one));
  });

  it('writes several objects as several documents', () => {
    expect(toYaml([{ a: 1 }, { b: 2 }])).toBe('a: 1\n---\nb: 2\n');
  });

  it('never uses anchors for values that occur twice', () => {
    const shared = { x: 'y z' };
    expect(toYaml({ a: shared, b: shared })).toBe(
      'a:\n  x: y z\nb:\n  x: y z\n',
    );
  });

  it.each(versions)('is read as it was meant by YAML %s', version => {
    for (const text of hostileTexts) {
      const written = toYaml({ [`k${text}`]: text, list: [text] });
      expect(parseAllDocuments(written, { version })).toHaveLength(1);
      expect(parse(written, { version })).toEqual({
        [`k${text}`]: text,
        list: [text],
      });
    }
  });

  it('writes every value on one line of printable characters', () => {
    for (const text of hostileTexts)
      expect(toYaml({ a: text })).toMatch(
        /^a: [^\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]*\n$/, // eslint-disable-line no-control-regex -- what must not occur
      );
  });

  it.each([
    'no',
    'Yes',
    'on',
    'y',
    'n',
    'true',
    'null',
    '~',
    '=',
    '<<',
    '1e3',
    '1_000',
    '0o17',
    '017',
    '12:30:45',
    '2001-01-01',
    '.inf',
    '.5',
    '',
  ])('quotes %p, which some reader takes for something else', text => {
    expect(toYaml({ a: text })).toBe(`a: ${JSON.stringify(text)}\n`);
  });
});
