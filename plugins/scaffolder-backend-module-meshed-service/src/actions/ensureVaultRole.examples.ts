import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description:
      'Waits two minutes for Argo CD to make the namespace, then writes the role',
    example: `steps:
  - id: vaultRole
    name: Ensure the Vault role
    action: meshedService:vaultRole:ensure
    input:
      service: \${{ parameters }}
      waitSeconds: 120
`,
  },
];
