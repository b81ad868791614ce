import { formatForgeAddress, parseForgeAddress } from './forgeAddress';

const base = 'http://localhost:3000';

describe('an address of the local forge', () => {
  it.each([
    [{ repository: 'cart', branch: 'main', path: '' }, '/forge/cart/tree/main'],
    [
      { repository: 'cart', branch: 'main', path: 'docs/index.md' },
      '/forge/cart/tree/main/docs/index.md',
    ],
    [
      { repository: 'cart', branch: 'meshway/phase', path: 'a b/ü#?.md' },
      '/forge/cart/tree/meshway%2Fphase/a%20b/%C3%BC%23%3F.md',
    ],
  ])('says where %j is, and is read back', (place, path) => {
    const address = formatForgeAddress(base, place);
    expect(address).toBe(`${base}${path}`);
    expect(parseForgeAddress(base, address)).toEqual(place);
  });

  it('may end in a slash, a query and a fragment', () => {
    expect(
      parseForgeAddress(base, `${base}/forge/cart/tree/main/docs/?x#y`),
    ).toEqual({ repository: 'cart', branch: 'main', path: 'docs' });
  });

  it.each([
    'http://localhost:3000.evil.example/forge/cart/tree/main',
    'http://elsewhere/forge/cart/tree/main',
    `${base}/forge`,
    `${base}/forge/cart`,
    `${base}/forge/cart/blob/main`,
    `${base}/forge/cart/tree/`,
    `${base}/forge/../tree/main`,
    `${base}/forge/cart/tree/main/../../secret`,
    `${base}/forge/cart/tree/main/%2e%2e/secret`,
    `${base}/forge/cart/tree/main/a%2Fb`,
    `${base}/forge/a%2Fb/tree/main`,
    `${base}/forge/cart/tree/main/%E0%A4%A`,
    '',
  ])('is not %s', address => {
    expect(parseForgeAddress(base, address)).toBeUndefined();
  });
});
