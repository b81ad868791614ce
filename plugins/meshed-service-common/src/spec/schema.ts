import { z } from 'zod';
import { bounds } from './bounds';
import {
  deliveryModes,
  environments,
  lifecycles,
  phases,
  protocols,
  secretDeliveries,
} from './MeshedServiceSpec';
import * as patterns from './patterns';
import type { Pattern } from './patterns';
import { quote } from './SpecProblem';

const text = (pattern: Pattern, limit: number) =>
  z
    .string()
    .max(limit, `is longer than ${limit} characters`)
    .superRefine((value, context) => {
      if (value.length <= limit && !pattern.expression.test(value)) {
        context.addIssue({
          code: 'custom',
          message: `${quote(value)} is not possible here; write ${
            pattern.right
          }`,
        });
      }
    });

const wholeNumber = (minimum: number, maximum: number) =>
  z
    .number()
    .int('must be a whole number')
    .min(minimum, `must be at least ${minimum}`)
    .max(maximum, `must be at most ${maximum}`);

/** Counts before it looks at the entries: a list of a million is refused as fast as one of a hundred. */
const list = <T extends z.ZodTypeAny>(item: T, limit: number, empty?: string) =>
  z
    .array(z.unknown())
    .min(empty === undefined ? 0 : 1, empty)
    .max(limit, `holds more than ${limit} entries`)
    .pipe(z.array(item));

const wildcard = (value: unknown) =>
  typeof value === 'string' && value.includes('*');

const exact = (pattern: Pattern, limit: number, what: string) =>
  z.string().superRefine((value, context) => {
    if (wildcard(value)) {
      context.addIssue({
        code: 'custom',
        message: `${quote(
          value,
        )} would let every meshed workload in. Name the ${what} that calls you.`,
      });
      return;
    }
    const result = text(pattern, limit).safeParse(value);
    if (!result.success)
      context.addIssue({
        code: 'custom',
        message: result.error.issues[0].message,
      });
  });

const clientNamespace = exact(
  patterns.namespaceLabel,
  bounds.name,
  'namespace',
);
const clientAccount = exact(patterns.serviceAccountName, 253, 'ServiceAccount');

const client = z
  .object({
    namespace: clientNamespace,
    serviceAccount: clientAccount.optional(),
  })
  .strict();

const probe = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('http'),
      path: text(patterns.urlPath, bounds.probePath),
    })
    .strict(),
  z
    .object({
      kind: z.literal('grpc'),
      service: text(patterns.grpcService, bounds.grpcService).optional(),
    })
    .strict(),
  z.object({ kind: z.literal('tcp') }).strict(),
]);

const port = z
  .object({
    name: text(patterns.portName, 15),
    port: wholeNumber(1, 65535),
    protocol: z.enum(protocols).default('HTTP/1'),
    clients: list(client, bounds.clients).optional(),
    probes: list(probe, bounds.probes).default([]),
  })
  .strict();

const call = z.union([
  z.object({ entityRef: text(patterns.entityRef, bounds.entityRef) }).strict(),
  z
    .object({
      namespace: text(patterns.namespaceLabel, bounds.name),
      service: text(patterns.dnsLabel, bounds.name),
      port: wholeNumber(1, 65535),
    })
    .strict(),
]);

const requestsPerSecond = wholeNumber(1, bounds.requestsPerSecond);

const resources = z
  .object({
    requests: z
      .object({
        cpu: text(patterns.cpuQuantity, 20).default('50m'),
        memory: text(patterns.memoryQuantity, 20).default('128Mi'),
      })
      .strict()
      .default({}),
    limits: z
      .object({
        cpu: text(patterns.cpuQuantity, 20).optional(),
        memory: text(patterns.memoryQuantity, 20).default('256Mi'),
      })
      .strict()
      .default({}),
  })
  .strict();

/** The shape of a request before the rules that concern several fields. Strict at every level. */
export const meshedServiceSpecSchema = z
  .object({
    name: text(patterns.dnsLabel, bounds.name),
    owner: text(patterns.entityRef, bounds.entityRef),
    system: text(patterns.entityRef, bounds.entityRef).optional(),
    description: z
      .string()
      .max(
        bounds.description,
        `is longer than ${bounds.description} characters`,
      )
      .regex(patterns.oneLine.expression, `must be ${patterns.oneLine.right}`)
      .refine(
        value => !/\p{Surrogate}/u.test(value),
        'is not well-formed Unicode text',
      )
      .default(''),
    lifecycle: z.enum(lifecycles).default('experimental'),
    environment: z.enum(environments).default('development'),
    cluster: text(patterns.dnsLabel, bounds.name),
    namespace: text(patterns.dnsLabel, bounds.name),
    workload: z
      .object({
        image: text(patterns.imageReference, bounds.image),
        replicas: wholeNumber(0, bounds.replicas).default(2),
        resources: resources.default({}),
      })
      .strict(),
    ports: list(port, bounds.ports).default([]),
    clients: list(client, bounds.clients).default([]),
    calls: list(call, bounds.calls).default([]),
    phase: z.enum(phases).default('audit'),
    rateLimit: z
      .object({
        total: requestsPerSecond.optional(),
        perClient: requestsPerSecond.optional(),
        overrides: list(
          z
            .object({
              requestsPerSecond,
              clients: list(
                z
                  .object({
                    namespace: clientNamespace,
                    serviceAccount: clientAccount,
                  })
                  .strict(),
                bounds.clients,
                'names no client',
              ),
            })
            .strict(),
          bounds.rateLimitOverrides,
        ).default([]),
      })
      .strict()
      .optional(),
    egress: z
      .object({
        trafficPolicy: z.enum(['Allow', 'Deny']).default('Deny'),
        allow: list(
          z
            .object({
              cidr: text(patterns.cidr, 50),
              ports: list(wholeNumber(1, 65535), bounds.ports, 'names no port'),
            })
            .strict(),
          bounds.egressNetworks,
        ).default([]),
      })
      .strict()
      .optional(),
    secrets: z
      .object({
        delivery: z.enum(secretDeliveries).default('none'),
        paths: list(
          text(patterns.secretPath, bounds.secretPath),
          bounds.secretPaths,
        ).default([]),
      })
      .strict()
      .default({}),
    delivery: z
      .object({
        mode: z.enum(deliveryModes).default('gitops'),
        repository: text(patterns.repositoryName, bounds.repository),
        path: text(patterns.repositoryPath, bounds.path).default('manifests'),
        revision: text(patterns.gitRevision, bounds.revision).default('main'),
        project: text(patterns.dnsLabel, bounds.name),
      })
      .strict(),
    quota: z
      .object({
        cpu: text(patterns.cpuQuantity, 20),
        memory: text(patterns.memoryQuantity, 20),
        pods: wholeNumber(1, 1000),
      })
      .strict()
      .optional(),
  })
  .strict();
