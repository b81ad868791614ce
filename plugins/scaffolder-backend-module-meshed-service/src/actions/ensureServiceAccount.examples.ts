import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Makes the identity of the service',
    example: `steps:
  - id: serviceAccount
    name: Ensure the identity
    action: meshedService:serviceAccount:ensure
    input:
      service: \${{ parameters }}
`,
  },
];
