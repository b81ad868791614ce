import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Lets Argo CD deliver the workload',
    example: `steps:
  - id: argoApplication
    name: Ensure the Argo CD application
    action: meshedService:argoApplication:ensure
    input:
      service: \${{ parameters }}
`,
  },
];
