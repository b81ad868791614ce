import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Publishes the service that the form describes',
    example: `steps:
  - id: publish
    name: Claim the name and publish the repository
    action: meshedService:repository:publish
    input:
      service: \${{ parameters }}
`,
  },
  {
    description: "Publishes with the user's own token for the forge",
    example: `steps:
  - id: publish
    name: Claim the name and publish the repository
    action: meshedService:repository:publish
    input:
      service: \${{ parameters }}
      skeleton: meshed-service
      token: \${{ secrets.USER_OAUTH_TOKEN }}
`,
  },
];
