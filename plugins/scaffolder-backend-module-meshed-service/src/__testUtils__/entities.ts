import type { Entity } from '@backstage/catalog-model';
import { annotations } from '@meshway/plugin-meshed-service-common';

/** A meshed service of the catalog. */
export const cart = aComponent('cart', {
  [annotations.service]: 'local/cart/cart',
});
/** A component that is no meshed service. */
export const mailer = aComponent('mailer', {});

/** An entity as the catalog holds it. */
export function aComponent(
  name: string,
  entityAnnotations: Record<string, string>,
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations: entityAnnotations },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: 'group:default/shop',
    },
  };
}
