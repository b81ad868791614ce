import { freshnessOf, Told } from './Standing';

const at = (minute: number) => `2026-11-21T10:0${minute}:00.000Z`;
const current: Told = { standing: { state: 'current' }, heardAt: at(2) };
const older: Told = { ...current, heardAt: at(1) };
const absent: Told = { standing: { state: 'notInstalled' }, heardAt: at(0) };
const broken: Told = {
  standing: { state: 'stale', because: 'its watch broke' },
  heardAt: at(1),
};
const refused: Told = {
  standing: { state: 'forbidden', because: 'it may not be listed' },
};

describe('what is known of a kind that two groups serve', () => {
  it.each<[string, Told[], object]>([
    [
      'as old as the older',
      [current, older],
      { state: 'current', observedAt: at(1) },
    ],
    [
      'that of the one that is installed',
      [absent, current],
      { state: 'current', observedAt: at(2) },
    ],
    ['that none is installed', [absent, absent], { state: 'notInstalled' }],
    [
      'as bad as the worse',
      [current, broken, refused],
      {
        state: 'forbidden',
        observedAt: at(1),
        message: 'it may not be listed',
      },
    ],
  ])('is %s', (_, collections, freshness) => {
    expect(freshnessOf(collections, {})).toEqual(freshness);
  });

  it('is out of date while the cluster is away, also that a kind is not installed', () => {
    const lost = 'the cluster is away';
    expect(
      [[current], [absent], [refused]].map(each => freshnessOf(each, { lost })),
    ).toEqual([
      { state: 'stale', observedAt: at(2), message: lost },
      { state: 'stale', observedAt: at(0), message: lost },
      { state: 'forbidden', message: 'it may not be listed' },
    ]);
  });

  it('that it is not installed is out of date while nobody tells what is installed', () => {
    const installed = 'nobody tells';
    expect(
      [[current], [absent]].map(each => freshnessOf(each, { installed }).state),
    ).toEqual(['current', 'stale']);
  });
});
