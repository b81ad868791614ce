import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: "Asks the platform's rules before anything is written",
    example: `steps:
  - id: admit
    name: Check the platform's rules
    action: meshedService:bundle:admit
    input:
      service: \${{ parameters }}
`,
  },
];
