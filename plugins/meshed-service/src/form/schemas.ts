import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** What the fields return. A draft may lack anything: people type one field after the other. */
export const text = makeFieldSchema({ output: z => z.string() });

export const clients = makeFieldSchema({
  output: z =>
    z.array(
      z.object({
        namespace: z.string().optional(),
        serviceAccount: z.string().optional(),
      }),
    ),
});
export type ClientDraft = { namespace?: string; serviceAccount?: string };

export const calls = makeFieldSchema({
  output: z =>
    z.array(
      z.object({
        entityRef: z.string().optional(),
        namespace: z.string().optional(),
        service: z.string().optional(),
        port: z.number().optional(),
      }),
    ),
});
export type CallDraft = {
  entityRef?: string;
  namespace?: string;
  service?: string;
  port?: number;
};

export const ports = makeFieldSchema({
  output: z =>
    z.array(
      z.object({
        name: z.string().optional(),
        port: z.number().optional(),
        protocol: z.string().optional(),
        clients: z
          .array(
            z.object({
              namespace: z.string().optional(),
              serviceAccount: z.string().optional(),
            }),
          )
          .optional(),
        probes: z
          .array(
            z.object({
              kind: z.string(),
              path: z.string().optional(),
              service: z.string().optional(),
            }),
          )
          .optional(),
      }),
    ),
});
export type ProbeDraft = { kind: string; path?: string; service?: string };
export type PortDraft = {
  name?: string;
  port?: number;
  protocol?: string;
  clients?: ClientDraft[];
  probes?: ProbeDraft[];
};
