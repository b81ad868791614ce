import { servicesOfEntity } from './servicesOfEntity';

const anEntity = (annotations: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'Cart', annotations },
});
const kubernetes = {
  'backstage.io/kubernetes-namespace': 'shop',
  'backstage.io/kubernetes-cluster': 'eu-1',
};
const entityRef = 'component:default/cart';
const inShop = (name: string, cluster = 'eu-1') => ({
  cluster,
  namespace: 'shop',
  name,
});
const none: never[] = [];

describe('the services of an entity', () => {
  it.each([
    [
      'our own annotation, whatever else it says',
      { ...kubernetes, 'meshway.dev/service': 'us-1/a/b' },
      [{ service: { cluster: 'us-1', namespace: 'a', name: 'b' }, entityRef }],
    ],
    [
      'the id that its pods are labelled with',
      { ...kubernetes, 'backstage.io/kubernetes-id': 'cart' },
      [
        {
          service: inShop('cart'),
          entityRef,
          selection: {
            labels: [['backstage.io/kubernetes-id', 'cart']],
            expressions: none,
          },
        },
      ],
    ],
    [
      'a selector, which goes before an id',
      {
        ...kubernetes,
        'backstage.io/kubernetes-id': 'basket',
        'backstage.io/kubernetes-label-selector': 'app=cart,!old',
      },
      [
        {
          service: inShop('basket'),
          entityRef,
          selection: {
            labels: [['app', 'cart']],
            expressions: [
              { key: 'old', operator: 'DoesNotExist', values: none },
            ],
          },
        },
      ],
    ],
  ])('are known by %s', (_, annotations, services) => {
    expect(servicesOfEntity(anEntity(annotations), ['eu-1'])).toEqual(services);
  });

  it('are in every cluster when it names none', () => {
    const { 'backstage.io/kubernetes-cluster': _, ...anywhere } = kubernetes;
    const entity = anEntity({
      ...anywhere,
      'backstage.io/kubernetes-label-selector': 'app=cart',
    });
    expect(
      servicesOfEntity(entity, ['eu-1', 'us-1']).map(({ service }) => service),
    ).toEqual([inShop('cart'), inShop('cart', 'us-1')]);
  });

  it.each([
    ['no annotation', {}],
    ['no namespace', { 'backstage.io/kubernetes-id': 'cart' }],
    ['a namespace and no pods', kubernetes],
    [
      'a selector that is empty',
      { ...kubernetes, 'backstage.io/kubernetes-label-selector': ' ' },
    ],
    [
      'a selector that is none, whatever its id',
      {
        ...kubernetes,
        'backstage.io/kubernetes-id': 'cart',
        'backstage.io/kubernetes-label-selector': 'app=(((,',
      },
    ],
    ['a name that is none', { 'meshway.dev/service': 'eu-1/../x' }],
    ['too many parts', { 'meshway.dev/service': 'a/b/c/d' }],
  ])('are none when it has %s', (_, annotations) => {
    expect(servicesOfEntity(anEntity(annotations), ['eu-1'])).toEqual([]);
  });
});
