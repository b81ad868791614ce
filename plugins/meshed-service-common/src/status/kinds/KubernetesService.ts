import { z } from 'zod';
import { annotations } from '../../model';
import type { KubernetesObject } from '../../model';
import { inPorts, parsePorts, Pod, PortRange } from '../../mesh';
import {
  Origin,
  originOf,
  readSpec,
  textsOf,
  Unreadable,
} from '../../mesh/readable';

/**
 * A Kubernetes Service, as far as it leads to pods. (A *service* is what a team asked for.)
 *
 * @public
 */
export type KubernetesService = Origin & {
  /** Every label that it asks for; none: somebody else keeps its endpoints. */
  selects: ReadonlyArray<readonly [key: string, value: string]>;
  /** TCP ports, and where they lead: a container port by number or name. */
  ports: ReadonlyArray<{ port: number; target: number | string }>;
  /** Clients do not read what they send there. */
  opaquePorts: readonly PortRange[];
};

const schema = z.object({
  selector: z.record(z.string()).nullish(),
  type: z.string().nullish(),
  ports: z
    .array(
      z.object({
        port: z.number(),
        protocol: z.string().nullish(),
        targetPort: z.union([z.number(), z.string()]).nullish(),
      }),
    )
    .nullish(),
});

/** @returns the Service, undefined when it leads to a name elsewhere, or why it cannot be read. */
export function kubernetesServiceFromKubernetes(
  object: KubernetesObject,
): KubernetesService | Unreadable | undefined {
  const read = readSpec(object, schema);
  if ('unreadable' in read) return read.unreadable;
  const { selector, type, ports } = read.spec;
  if (type === 'ExternalName') return undefined;
  const written = textsOf(object.metadata.annotations);
  return {
    ...originOf(object),
    selects: Object.entries(selector ?? {}),
    ports: (ports ?? [])
      .filter(({ protocol }) => (protocol ?? 'TCP') === 'TCP')
      .map(({ port, targetPort }) => ({ port, target: targetPort || port })),
    opaquePorts:
      parsePorts(written.get(annotations.linkerdOpaquePorts) ?? '') ?? [],
  };
}

/** @returns whether a Service leads to a pod. */
export function leadsTo(
  { namespace, selects }: KubernetesService,
  pod: Pod,
): boolean {
  return (
    namespace === pod.namespace &&
    selects.length > 0 &&
    selects.every(([key, value]) => pod.labels.get(key) === value)
  );
}

/** @returns the container port of a pod that a Service's port leads to. */
export function targetOf(
  { target }: KubernetesService['ports'][number],
  pod: Pod,
): number | undefined {
  return typeof target === 'number'
    ? target
    : pod.ports.find(({ name }) => name === target)?.port;
}

/** @returns whether clients treat a port of a Service as opaque. */
export function isOpaque(
  { opaquePorts }: KubernetesService,
  port: number,
): boolean {
  return inPorts(opaquePorts, port);
}
