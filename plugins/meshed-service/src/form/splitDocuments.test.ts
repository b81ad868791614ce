import { aPlan } from './__fixtures__/plans';
import { splitDocuments } from './splitDocuments';

describe('splitDocuments', () => {
  it('calls every document by kind and name', () => {
    expect(splitDocuments(aPlan().objects).map(({ title }) => title)).toEqual([
      'Namespace cart',
      'ServiceAccount cart',
    ]);
  });

  it('does not split inside a text that holds the mark of a document', () => {
    const document = 'kind: ConfigMap\ndata:\n  text: |\n    ---\n    more';

    expect(splitDocuments(document)).toEqual([
      { title: 'ConfigMap', text: document },
    ]);
  });

  it('shows nothing of nothing', () => {
    expect(splitDocuments('')).toEqual([]);
  });
});
