import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Shows the objects that the values of the form become',
    example: `steps:
  - id: render
    name: Render the objects
    action: meshedService:bundle:render
    input:
      service: \${{ parameters }}
`,
  },
];
