import { z } from 'zod';
import type { KubernetesObject } from '../../../model';
import {
  originOf,
  readSpec,
  refuse,
  textsOf,
  Unreadable,
} from '../../readable';
import { settingsIn, Workload } from './Workload';

/**
 * A machine outside of the cluster that takes part in the mesh. Nobody probes it, and only Servers with an
 * `externalWorkloadSelector` are about it.
 *
 * @public
 */
export type ExternalWorkload = Workload & { kind: 'ExternalWorkload' };

const schema = z.object({
  meshTLS: z.object({ identity: z.string(), serverName: z.string() }),
  ports: z
    .array(
      z.object({
        name: z.string().nullish(),
        port: z.number().int().min(1).max(65535),
        protocol: z.string().nullish(),
      }),
    )
    .nullish(),
  workloadIPs: z.array(z.object({ ip: z.string() })).nullish(),
});

const statusSchema = z
  .object({
    conditions: z.array(
      z.object({
        type: z.string(),
        status: z.enum(['True', 'False', 'Unknown']),
      }),
    ),
  })
  .nullish();

/**
 * @returns the external workload, or why a policy controller would not know it.
 *
 * @public
 */
export function externalWorkloadFromKubernetes(
  object: KubernetesObject,
): ExternalWorkload | Unreadable {
  const read = readSpec(object, schema);
  if ('unreadable' in read) return read.unreadable;
  const status = statusSchema.safeParse(object.status);
  if (!status.success) return refuse(object, 'its status cannot be read');
  const ports = (read.spec.ports ?? [])
    .filter(({ protocol }) => (protocol ?? 'TCP').toUpperCase() === 'TCP')
    .map(({ name, port }) => ({ ...(name ? { name } : {}), port }));
  // Names are unique there. Where they are not, the last bearer keeps the name.
  const bearers = new Map(ports.map(({ name, port }) => [name, port]));
  return {
    ...originOf(object),
    kind: 'ExternalWorkload',
    known: true,
    labels: textsOf(object.metadata.labels),
    ready: (status.data?.conditions ?? []).some(
      each => each.type === 'Ready' && each.status === 'True',
    ),
    ports: ports.map(({ name, port }) => ({
      ...(name && bearers.get(name) === port ? { name } : {}),
      port,
      ofProxy: false,
    })),
    httpProbes: [],
    injectedInboundPolicy: undefined,
    ...settingsIn(textsOf(object.metadata.annotations)),
  };
}
