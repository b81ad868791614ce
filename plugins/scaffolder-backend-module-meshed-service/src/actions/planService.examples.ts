import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Shows which files publishing would write',
    example: `steps:
  - id: plan
    name: Show what will be written
    action: meshedService:service:plan
    input:
      service: \${{ parameters }}
`,
  },
  {
    description: 'Plans with a skeleton of your own',
    example: `steps:
  - id: plan
    name: Show what will be written
    action: meshedService:service:plan
    input:
      service: \${{ parameters }}
      skeleton: meshed-service
`,
  },
];
