import { staleOf } from './staleOf';

describe('staleOf', () => {
  const now = new Date('2026-11-21T12:00:00.000Z');
  const before = (seconds: number) =>
    new Date(now.getTime() - seconds * 1000).toISOString();
  const of = (observed: number | undefined, read: number | undefined) =>
    staleOf(
      observed === undefined ? {} : { observedAt: before(observed) },
      read === undefined ? undefined : new Date(before(read)),
      now,
    );

  it('takes for now what was just seen and just confirmed', () => {
    expect(of(12, 3)).toBeUndefined();
  });

  it('takes for now what a quiet cluster last confirmed some minutes ago', () => {
    expect(of(300, 3)).toBeUndefined();
  });

  it('takes for past what was seen long ago, however often the backend repeats it', () => {
    expect(of(3600, 1)).toEqual({ since: before(3600), because: 'longAgo' });
  });

  it('takes for past what nobody has confirmed for a while, however fresh it was', () => {
    expect(of(100, 95)).toEqual({ since: before(95), because: 'unconfirmed' });
  });

  it('says nothing of what was never seen', () => {
    expect(of(undefined, 3)).toBeUndefined();
  });

  it('is not confused by a clock that is behind', () => {
    expect(of(-120, -30)).toBeUndefined();
  });
});
