import {
  parseMeshedServiceSpec,
  type PlanResponse,
  type ProvisioningPlan,
} from '@meshway/plugin-meshed-service-common';

type Planned = Extract<PlanResponse, { kind: 'planned' }>;

/** A plan that nothing stands against, and what differs from it. */
export function aPlan(differences: Partial<Planned> = {}): Planned {
  return {
    kind: 'planned',
    spec: parseMeshedServiceSpec({
      name: 'cart',
      owner: 'group:default/shop',
      cluster: 'local',
      workload: { image: 'ghcr.io/open-telemetry/demo:2.1.3-cart' },
    }),
    derivedNames: [
      {
        what: 'Namespace',
        value: 'cart',
        limit: 63,
        why: 'a Kubernetes label value',
      },
    ],
    files: [
      { path: 'meshed.service.yaml', ownership: 'managed', change: 'create' },
    ],
    objects:
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: cart\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  namespace: cart\n  name: cart\n',
    violations: [],
    ...differences,
  };
}

/** What would happen on the cluster: nothing stands against it, and what differs from that. */
export function aProvisioningPlan(
  differences: Partial<ProvisioningPlan> = {},
): ProvisioningPlan {
  return {
    service: 'local/cart/cart',
    owner: 'group:default/shop',
    delivery: 'apply',
    outcome: 'create',
    objects: [],
    problems: [],
    violations: [],
    ...differences,
  };
}
