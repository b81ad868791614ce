import {
  narrowed,
  parametersOf,
  queryOf,
  questionFrom,
  sortedBy,
} from './FleetQuestion';

const at = (address: string) => questionFrom(new URLSearchParams(address));
const back = (address: string) => String(parametersOf(at(address)));

describe('the question to a fleet', () => {
  it('is everything, the worst first, where the address says nothing', () => {
    expect(queryOf(at(''))).toEqual({ sort: 'state', limit: 50, offset: 0 });
    expect(back('')).toBe('');
  });

  it('stands in the address whole', () => {
    const address =
      'search=cart&verdict=audit&state=degraded&owner=group%3Adefault%2Fshop&cluster=eu-1&phase=enforce&version=1.1.0&sort=name&order=descending&size=25&page=3';

    expect(back(address)).toBe(address);
    expect(queryOf(at(address))).toEqual({
      search: 'cart',
      verdict: 'audit',
      state: 'degraded',
      owner: 'group:default/shop',
      cluster: 'eu-1',
      phase: 'enforce',
      templateVersion: '1.1.0',
      sort: 'name',
      descending: 'true',
      limit: 25,
      offset: 50,
    });
  });

  it.each([
    'verdict=fine',
    'state=great',
    'phase=off',
    'sort=__proto__',
    'page=-1',
    'page=1e99',
    'page=1.5',
    'page=x',
    'size=9999',
    'search=%20',
  ])('leaves out what the address says wrongly: %s', address => {
    expect(back(address)).toBe('');
  });

  it('begins at the first page when it is narrowed or sorted', () => {
    const later = at('page=4');

    expect(narrowed(later, { search: 'a' }).page).toBe(0);
    expect(sortedBy(later, 'name').page).toBe(0);
  });

  it('turns its order round when it is asked for again', () => {
    const once = sortedBy(at(''), 'name');
    const twice = sortedBy(once, 'name');

    expect([once.descending, twice.descending]).toEqual([false, true]);
    expect(sortedBy(twice, 'owner').descending).toBe(false);
  });
});
