import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Waits up to five minutes until a new service is there',
    example: `steps:
  - id: verify
    name: Wait until it is there
    action: meshedService:service:verify
    input:
      service: \${{ parameters }}
      completeRole: true
      waitSeconds: 300
`,
  },
  {
    description:
      'Looks at a service of the catalog once, and goes on whatever is found',
    example: `steps:
  - id: verify
    name: Look at the service
    action: meshedService:service:verify
    input:
      service: component:default/cart
      waitSeconds: 0
      tolerate: [progressing, unknown, missing, degraded]
`,
  },
];
