import { catalogSelection, parseLabelSelector } from './catalogSelection';

describe('catalogSelection', () => {
  it('takes the label selector before the id, and the namespace beside it', () => {
    expect(
      catalogSelection({
        'backstage.io/kubernetes-id': 'web',
        'backstage.io/kubernetes-namespace': 'shop',
        'backstage.io/kubernetes-label-selector': 'app=web',
      }),
    ).toEqual({
      selection: { labels: [['app', 'web']], expressions: [] },
      namespace: 'shop',
    });
  });

  it('selects by the label of the id', () => {
    expect(catalogSelection({ 'backstage.io/kubernetes-id': 'web' })).toEqual({
      selection: {
        labels: [['backstage.io/kubernetes-id', 'web']],
        expressions: [],
      },
    });
  });

  it('says nothing where the entity says nothing', () => {
    expect(catalogSelection({})).toBeUndefined();
  });
});

describe('parseLabelSelector', () => {
  it('reads every form that a query may have', () => {
    expect(
      parseLabelSelector(
        'app=web,tier==front, env in (a, b),zone notin (x),track!=canary,example.com/on,!off',
      ),
    ).toEqual({
      labels: [
        ['app', 'web'],
        ['tier', 'front'],
      ],
      expressions: [
        { key: 'env', operator: 'In', values: ['a', 'b'] },
        { key: 'zone', operator: 'NotIn', values: ['x'] },
        { key: 'track', operator: 'NotIn', values: ['canary'] },
        { key: 'example.com/on', operator: 'Exists', values: [] },
        { key: 'off', operator: 'DoesNotExist', values: [] },
      ],
    });
  });

  it('takes an empty value for a value', () => {
    expect(parseLabelSelector('app=')).toEqual({
      labels: [['app', '']],
      expressions: [],
    });
  });

  it.each([
    '',
    ' ',
    ',',
    'a b',
    'a in',
    'a in (',
    'a in (b c)',
    'app=(((,',
    '${{ a }}',
    '=x',
    `a=${'x'.repeat(10_000)}`,
  ])('refuses what would select everything, or cannot be read: %j', text => {
    expect(parseLabelSelector(text)).toBeUndefined();
  });
});
