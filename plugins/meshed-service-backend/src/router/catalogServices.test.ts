import { markedStatusSchema } from '@meshway/plugin-meshed-service-common';
import { aPod } from '@meshway/plugin-meshed-service-common/testUtils';
import request from 'supertest';
import { aPortal } from '../__testUtils__/aPortal';

/** Pods as others made them: nothing of ours on them, and no proxy, so that a finding names each. */
const theirs = aPod('front-1', { proxy: false, labels: { app: 'shop-front' } });
const other = aPod('other-1', { proxy: false, labels: { app: 'other' } });

const front = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'Storefront',
    annotations: {
      'backstage.io/kubernetes-namespace': 'shop',
      'backstage.io/kubernetes-label-selector': 'app in (shop-front)',
    },
  },
};

// The first start of a backend loads much, which takes its time on a busy machine.
jest.setTimeout(60_000);

describe('a service that only the catalog knows', () => {
  const portal = aPortal(
    {
      'front.json': JSON.stringify(theirs),
      'other.json': JSON.stringify(other),
    },
    [front],
  );
  let backend: Parameters<typeof request>[0];
  beforeAll(async () => {
    backend = await portal.start();
  });
  const storefront = 'services/local/shop/storefront/status';
  const get = (path: string) =>
    request(backend).get(`/api/meshed-service/v1/${path}`);

  it('has the pods that its entity selects, without any label of ours', async () => {
    const { body } = await get(storefront);
    const { body: fleet } = await get('services?search=storefront');
    const { declared, observed, findings } = markedStatusSchema.parse(body);
    const pods = findings.flatMap(({ evidence }) =>
      evidence.flatMap(({ ref }) => (ref.kind === 'Pod' ? [ref.name] : [])),
    );
    expect({
      declared,
      observed,
      pods: [...new Set(pods)],
      entities: fleet.items.map(
        (each: { entityRef?: string }) => each.entityRef,
      ),
    }).toEqual({
      declared: false,
      observed: true,
      pods: ['front-1'],
      entities: ['component:default/storefront'],
    });
  });
});
