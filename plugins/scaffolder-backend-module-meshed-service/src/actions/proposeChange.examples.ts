import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Proposes the answers of the form for a service that exists',
    example: `steps:
  - id: propose
    name: Propose the change
    action: meshedService:change:propose
    input:
      service: \${{ parameters }}
`,
  },
  {
    description: "Proposes with the user's own token for the forge",
    example: `steps:
  - id: propose
    name: Propose the change
    action: meshedService:change:propose
    input:
      service: \${{ parameters }}
      token: \${{ secrets.USER_OAUTH_TOKEN }}
`,
  },
];
