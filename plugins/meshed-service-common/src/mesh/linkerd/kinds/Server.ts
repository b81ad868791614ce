import { z } from 'zod';
import type { KubernetesObject } from '../../../model';
import {
  originOf,
  Origin,
  readSpec,
  refuse,
  textsOf,
  Unreadable,
} from '../../readable';
import { LabelSelector, labelSelectorSchema } from './LabelSelector';
import type { Workload } from './Workload';

/**
 * How the proxy reads a connection.
 *
 * @public
 */
export type ProxyProtocol =
  | 'detect'
  | 'http1'
  | 'http2'
  | 'grpc'
  | 'opaque'
  | 'tls';

/**
 * The parts of a Server that can change an answer. Ports are container ports, never Service ports.
 *
 * @public
 */
export type Server = Origin & {
  labels: ReadonlyMap<string, string>;
  /** What it selects: pods or external workloads, never both. */
  of: Workload['kind'];
  selects: LabelSelector;
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
  externalWorkloadSelector: labelSelectorSchema.nullish(),
  port: z.union([z.string(), z.number().int().min(1).max(65535)]),
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
  const { podSelector, externalWorkloadSelector } = read.spec;
  const selector = podSelector ?? externalWorkloadSelector;
  if (!selector) {
    return refuse(
      object,
      'it has neither a podSelector nor an externalWorkloadSelector',
    );
  }
  if (podSelector && externalWorkloadSelector) {
    return refuse(object, 'it selects pods and external workloads');
  }
  const { port, proxyProtocol, accessPolicy } = read.spec;
  return {
    ...originOf(object),
    labels: textsOf(object.metadata.labels),
    of: podSelector ? 'Pod' : 'ExternalWorkload',
    selects: selector,
    port,
    protocol: protocolOf[proxyProtocol ?? 'unknown'],
    accessPolicy: accessPolicy ?? 'deny',
  };
}
