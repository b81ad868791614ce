import { formatInstant } from './formatInstant';

describe('formatInstant', () => {
  const now = new Date(2026, 10, 21, 12, 0, 0);

  it.each([
    ['the time of today', new Date(2026, 10, 21, 9, 5), '09:05'],
    [
      'with the date on another day',
      new Date(2026, 10, 1, 23, 59),
      'Nov 1, 2026, 23:59',
    ],
    [
      'midnight as the beginning of a day',
      new Date(2026, 10, 21, 0, 0),
      '00:00',
    ],
  ])('shows %s', (_, then, text) => {
    expect(formatInstant(then.toISOString(), now)).toBe(text);
  });

  it('shows what is no instant as it is', () => {
    expect(formatInstant('yesterday', now)).toBe('yesterday');
  });
});
