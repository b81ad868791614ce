import { Places, Unlisted } from './Unlisted';

describe('where services may have come up', () => {
  /** @returns the places that a list is made of; `everywhere`, or their names. */
  const settled = async (unlisted: Unlisted) => {
    let seen: Places | undefined;
    await unlisted.settle(async places => {
      seen = places;
    });
    return seen
      ? [...seen.all()].map(({ cluster, namespace }) =>
          [cluster, namespace].join('/'),
        )
      : 'everywhere';
  };
  const failing = (unlisted: Unlisted, meanwhile = () => {}) =>
    unlisted.settle(async () => {
      meanwhile();
      throw new Error('The snapshot cannot be read');
    });

  it('is everywhere at first, and then where something has changed', async () => {
    const unlisted = new Unlisted();
    expect(await settled(unlisted)).toBe('everywhere');
    unlisted.add({ cluster: 'local', namespace: 'shop' });
    expect(await settled(unlisted)).toEqual(['local/shop']);
    expect(await settled(unlisted)).toEqual([]);
  });

  it('stays where a list has failed', async () => {
    const unlisted = new Unlisted();
    await expect(failing(unlisted)).rejects.toThrow('cannot be read');
    expect(await settled(unlisted)).toBe('everywhere');

    unlisted.add({ cluster: 'local', namespace: 'shop' });
    await expect(
      failing(unlisted, () =>
        unlisted.add({ cluster: 'local', namespace: 'cart' }),
      ),
    ).rejects.toThrow('cannot be read');
    expect(await settled(unlisted)).toEqual(['local/cart', 'local/shop']);
  });
});
