import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Retires a service of the catalog, with its namespace',
    example: `steps:
  - id: retire
    name: Retire the service
    action: meshedService:service:retire
    input:
      service: component:default/cart
      confirmNamespace: cart
`,
  },
  {
    description:
      'Retires a service, and leaves its namespace when it may hold something that nobody can list',
    example: `steps:
  - id: retire
    name: Retire the service
    action: meshedService:service:retire
    input:
      service: local/cart/cart
      waitSeconds: 300
`,
  },
];
