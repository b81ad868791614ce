import type { RoutePolicy } from '../inbound';
import type { HttpMatch } from '../kinds';
import { findRoute } from './findRoute';

function takes(match: HttpMatch, path: string): boolean {
  const route: RoutePolicy = {
    ...{ kind: 'HTTPRoute', group: 'policy.linkerd.io', name: 'web' },
    ...{ hosts: [], rules: [{ matches: [match] }], opens: undefined },
    authorizations: [],
  };
  const headers = new Map([['x-team', 'shop']]);
  return (
    findRoute([route], { kind: 'http', method: 'GET', path, headers }) !==
    undefined
  );
}

describe('findRoute', () => {
  it.each<[string, HttpMatch, boolean]>([
    ['all of a path', { path: { regex: '/a+' } }, true],
    ['its beginning', { path: { regex: '/a' } }, false],
    ['its end', { path: { regex: 'a+' } }, false],
    ['first what is too short', { path: { regex: '/a|/aaa' } }, false],
    ['as little as it can', { path: { regex: '/a+?' } }, false],
    [
      'all of a header',
      { headers: [{ name: 'x-team', regex: '(?i)SH.P' }] },
      true,
    ],
    [
      'the beginning of a header',
      { headers: [{ name: 'x-team', regex: 'sh|shop' }] },
      false,
    ],
    [
      'a parameter of the query',
      { queryParams: [{ name: 'of', regex: '[0-9]+' }] },
      true,
    ],
  ])('takes a regular expression that finds %s: %#', (_, match, taken) => {
    expect(takes(match, '/aaa?of=12')).toBe(taken);
  });
});
