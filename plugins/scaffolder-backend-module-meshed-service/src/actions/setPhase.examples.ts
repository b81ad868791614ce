import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description:
      'Moves a service of the catalog one step forward, with a reason',
    example: `steps:
  - id: phase
    name: Change the phase
    action: meshedService:service:setPhase
    input:
      service: component:default/cart
      phase: enforce
      reason: Nobody but checkout and frontend has called for two weeks
`,
  },
  {
    description:
      'Ends an outage: lets everybody in again, whoever wrote the policy last',
    example: `steps:
  - id: phase
    name: Let everybody in
    action: meshedService:service:setPhase
    input:
      service: local/cart/cart
      phase: observe
      force: true
`,
  },
];
