import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Lets the declared clients in, and nobody else in enforce',
    example: `steps:
  - id: linkerdPolicy
    name: Ensure the mesh policies
    action: meshedService:linkerdPolicy:ensure
    input:
      service: \${{ parameters }}
`,
  },
];
