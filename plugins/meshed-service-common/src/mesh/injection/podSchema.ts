import { z } from 'zod';

const httpProbe = z
  .object({
    httpGet: z
      .object({
        path: z.string().nullish(),
        port: z.union([z.number(), z.string()]),
      })
      .nullish(),
  })
  .nullish();

const container = z.object({
  name: z.string(),
  image: z.string().nullish(),
  args: z.array(z.string()).nullish(),
  restartPolicy: z.string().nullish(),
  env: z
    .array(z.object({ name: z.string(), value: z.string().nullish() }))
    .nullish(),
  ports: z
    .array(
      z.object({
        name: z.string().nullish(),
        containerPort: z.number().int().min(1).max(65535),
        protocol: z.string().nullish(),
      }),
    )
    .nullish(),
  livenessProbe: httpProbe,
  readinessProbe: httpProbe,
  startupProbe: httpProbe,
});
export type Container = z.infer<typeof container>;

const containerStatus = z.object({
  name: z.string(),
  ready: z.boolean().nullish(),
  state: z.object({ terminated: z.object({}).nullish() }).nullish(),
});
export type ContainerStatus = z.infer<typeof containerStatus>;

/** The parts of a pod's `spec` that are read. */
export const podSpecSchema = z.object({
  containers: z.array(container).min(1),
  initContainers: z.array(container).nullish(),
  serviceAccountName: z.string().nullish(),
  hostNetwork: z.boolean().nullish(),
});

/** The parts of a pod's `status` that are read. */
export const podStatusSchema = z.object({
  phase: z.string().nullish(),
  podIPs: z.array(z.object({ ip: z.string() })).nullish(),
  conditions: z
    .array(z.object({ type: z.string(), status: z.string() }))
    .nullish(),
  containerStatuses: z.array(containerStatus).nullish(),
  initContainerStatuses: z.array(containerStatus).nullish(),
});
