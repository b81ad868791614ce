import { isOutdated, statusSignalSchema } from '.';

describe('an announcement of changes', () => {
  const held = { key: 'a', version: 3 };

  it.each([
    [
      'names a newer edition',
      { changed: [{ key: 'a', version: 4 }], more: false },
      true,
    ],
    ['names the edition that is held', { changed: [held], more: true }, false],
    [
      'is about others',
      { changed: [{ key: 'b', version: 4 }], more: false },
      false,
    ],
    [
      'leaves something out',
      { changed: [{ key: 'b', version: 4 }], more: true },
      true,
    ],
  ])('that %s', (_, signal, outdated) => {
    expect(isOutdated(held, statusSignalSchema.parse(signal))).toBe(outdated);
  });
});
