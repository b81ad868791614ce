import { z } from 'zod';
import type { KubernetesObject } from '../../model';
import { originOf, Origin, readSpec, textsOf, Unreadable } from '../readable';
import { LabelSelector, labelSelectorSchema } from './LabelSelector';
import type { ProxyProtocol } from './EffectivePolicy';

/**
 * The parts of a Server that can change an answer. Ports are container ports, never Service ports.
 *
 * @public
 */
export type Server = Origin & {
  labels: ReadonlyMap<string, string>;
  /** Undefined: it selects external workloads, never pods. */
  selects: LabelSelector | undefined;
  /** A number, or the name of a container port. */
  port: number | string;
  protocol: ProxyProtocol;
  /** As written: a text that is no default policy lets nobody in. */
  accessPolicy: string;
};

const protocolOf = {
  unknown: 'detect',
  'HTTP/1': 'http1',
  'HTTP/2': 'http2',
  gRPC: 'grpc',
  opaque: 'opaque',
  TLS: 'tls',
} as const satisfies Record<string, ProxyProtocol>;

const schema = z.object({
  podSelector: labelSelectorSchema.nullish(),
  externalWorkloadSelector: z.unknown(),
  port: z.union([z.number().int().min(1).max(65535), z.string().min(1)]),
  proxyProtocol: z
    .enum(['unknown', 'HTTP/1', 'HTTP/2', 'gRPC', 'opaque', 'TLS'])
    .nullish(),
  accessPolicy: z.string().nullish(),
});

/**
 * @returns the Server, or why a policy controller would skip it (its port then falls back to the default policy).
 *
 * @public
 */
export function serverFromKubernetes(
  object: KubernetesObject,
): Server | Unreadable {
  const read = readSpec(object, schema);
  if ('unreadable' in read) return read.unreadable;
  const { podSelector, port, proxyProtocol, accessPolicy } = read.spec;
  return {
    ...originOf(object),
    labels: textsOf(object.metadata.labels),
    selects: podSelector ?? undefined,
    port,
    protocol: protocolOf[proxyProtocol ?? 'unknown'],
    accessPolicy: accessPolicy ?? 'deny',
  };
}
