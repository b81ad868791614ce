import { uriPath } from './uriPath';

describe('uriPath', () => {
  // What the http crate, by which the policy controller reads them, makes of these.
  it.each([
    ['/live?verbose=1#top', '/live'],
    ['*', '*'],
    ['live', ''],
    ['http://web:8080/live', '/live'],
    ['http://web', '/'],
    ['http://[::1]:8080/live', '/live'],
    ['http://a%b@[::1]/live', '/live'],
    ['/a b', undefined],
    ['http://a%b[::1]/live', undefined],
    ['http://[::1/live', undefined],
    ['http://::1]/live', undefined],
    ['http://[::1]]/live', undefined],
    ['http://[[::1]/live', undefined],
    ['', undefined],
  ])('reads %j as %j', (text, path) => {
    expect(uriPath(text)).toBe(path);
  });

  it('takes no longer ones than the policy controller, and no long time for any', () => {
    const long = 'a'.repeat(60_000);
    expect([
      uriPath(`/${long}`),
      uriPath(`http://${long}[[`),
      uriPath(`http://${'[]'.repeat(30_000)}`),
      uriPath(`/${long}${long}`),
    ]).toEqual([`/${long}`, undefined, undefined, undefined]);
  });
});
