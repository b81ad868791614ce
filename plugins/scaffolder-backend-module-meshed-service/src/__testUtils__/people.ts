import type { Entity } from '@backstage/catalog-model';

/** A user of the catalog, with what a commit is signed with. */
export const ada: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'ada', namespace: 'default' },
  spec: {
    profile: { displayName: 'Ada Lovelace', email: 'ada@example.com' },
    memberOf: ['shop'],
  },
};
