import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description:
      'Makes the service that the form describes, in either delivery',
    example: `steps:
  - id: apply
    name: Make the service
    action: meshedService:service:apply
    input:
      service: \${{ parameters }}
`,
  },
  {
    description:
      'Makes it, and waits until it is there where the portal writes to the cluster',
    example: `steps:
  - id: apply
    name: Make the service
    action: meshedService:service:apply
    input:
      service: \${{ parameters }}
      skeleton: meshed-service
      waitSeconds: 120
      token: \${{ secrets.USER_OAUTH_TOKEN }}
`,
  },
];
