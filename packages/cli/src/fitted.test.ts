import { fitted } from './fitted';

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => `line ${index}`).join('\n');

describe('fitted', () => {
  it('changes nothing that fits', () => {
    expect(fitted(lines(10), { rows: 10, columns: 80 })).toBe(lines(10));
  });

  it('ends where the screen ends, and says how much is missing', () => {
    expect(fitted(lines(11), { rows: 10, columns: 80 })).toBe(
      `${lines(
        9,
      )}\n… 2 more lines; a larger window, or a narrower question, shows all`,
    );
  });

  it('says of one line that it is one', () => {
    expect(
      fitted(`${lines(9)}\n${'x'.repeat(100)}`, { rows: 10, columns: 40 }),
    ).toMatch(/\n… 1 more line; /);
  });

  it('counts a line that is broken as the lines that it takes', () => {
    const long = 'x'.repeat(100);
    expect(
      fitted([long, long, long].join('\n'), { rows: 6, columns: 40 }),
    ).toBe(
      `${long}\n… 2 more lines; a larger window, or a narrower question, shows all`,
    );
  });
});
