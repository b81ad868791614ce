import type { RetirementPlan } from '@meshway/plugin-meshed-service-common';

const server = {
  apiVersion: 'policy.linkerd.io/v1beta3',
  kind: 'Server',
  namespace: 'cart',
  name: 'cart.http',
};

/** What retiring cart would do on a cluster whose Secrets nobody lists, and what differs from that. */
export function aRetirementPlan(
  differences: Partial<RetirementPlan> = {},
): RetirementPlan {
  return {
    service: 'local/cart/cart',
    owner: 'group:default/shop',
    delivery: 'apply',
    objects: [
      {
        system: 'argocd',
        ref: {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Application',
          namespace: 'argocd',
          name: 'local-cart-cart',
        },
        action: 'delete',
      },
      {
        system: 'vault',
        ref: {
          apiVersion: 'meshway.dev/v1alpha1',
          kind: 'VaultRole',
          name: 'local-cart-cart',
        },
        action: 'delete',
      },
      { system: 'kubernetes', ref: server, action: 'delete' },
    ],
    namespace: {
      name: 'cart',
      action: 'leave',
      because: 'nobody can say whether it holds secrets of others',
    },
    foreign: [],
    unseen: ['secrets'],
    problems: [],
    ...differences,
  };
}

/** An object in the namespace that somebody else has put there. */
export const somebodysConfigMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'cart',
  name: 'settings',
};
