import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Reads the values of the form',
    example: `steps:
  - id: parse
    name: Read the request
    action: meshedService:spec:parse
    input:
      service: \${{ parameters }}
`,
  },
  {
    description: 'Reads a request that stands in the template itself',
    example: `steps:
  - id: parse
    name: Read the request
    action: meshedService:spec:parse
    input:
      service:
        name: cart
        owner: group:default/shop
        cluster: local
        workload:
          image: ghcr.io/open-telemetry/demo:2.0.2-cart
        ports:
          - name: grpc
            port: 8080
            protocol: gRPC
        clients:
          - namespace: checkout
            serviceAccount: checkout
`,
  },
];
