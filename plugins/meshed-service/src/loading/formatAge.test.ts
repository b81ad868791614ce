import { formatAge } from './formatAge';

describe('formatAge', () => {
  const now = new Date('2026-11-21T12:00:00Z');

  it.each([
    ['2026-11-21T11:59:48Z', '12 s ago'],
    ['2026-11-21T11:58:00Z', '2 min ago'],
    ['2026-11-21T09:00:00Z', '3 h ago'],
    ['2026-11-01T12:00:00Z', '20 d ago'],
    ['2026-11-21T12:00:00Z', 'just now'],
    ['2026-11-21T12:00:30Z', 'just now'],
    ['yesterday', 'yesterday'],
  ])('shows %s as %s', (instant, age) => {
    expect(formatAge(instant, now)).toBe(age);
  });
});
