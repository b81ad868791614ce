import { z } from 'zod';
import type { KubernetesObject } from '../../../model';
import { originOf, readSpec, textsOf, Unreadable } from '../../readable';
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
    ready: isReady(object),
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

function isReady(object: KubernetesObject): boolean {
  const { conditions } = Object(object.status);
  return (
    Array.isArray(conditions) &&
    conditions.some(each => {
      const { type, status } = Object(each);
      return type === 'Ready' && status === 'True';
    })
  );
}
