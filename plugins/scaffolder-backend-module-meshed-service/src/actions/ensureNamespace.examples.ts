import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Makes the namespace, before everything that stands in it',
    example: `steps:
  - id: namespace
    name: Ensure the namespace
    action: meshedService:namespace:ensure
    input:
      service: \${{ parameters }}
`,
  },
];
