import { z } from 'zod';
import type { KubernetesObject } from '../../../model';
import { originOf, Origin, readSpec, Unreadable } from '../../readable';
import { canonicalNetwork, isNetwork } from './network';

/**
 * What proxies do with traffic that leaves the cluster.
 *
 * @public
 */
export type EgressNetwork = Origin & {
  trafficPolicy: 'Allow' | 'Deny';
  /** Undefined: everything outside of the cluster. */
  networks:
    | ReadonlyArray<{ cidr: string; except: readonly string[] }>
    | undefined;
};

const network = z
  .string()
  .refine(isNetwork, 'is no network (10.0.0.0/8)')
  .transform(canonicalNetwork);

const schema = z.object({
  trafficPolicy: z.enum(['Allow', 'Deny']),
  networks: z
    .array(z.object({ cidr: network, except: z.array(network).nullish() }))
    .nullish(),
});

/**
 * @returns the network, or why a policy controller would not use it.
 *
 * @public
 */
export function egressNetworkFromKubernetes(
  object: KubernetesObject,
): EgressNetwork | Unreadable {
  const read = readSpec(object, schema);
  if ('unreadable' in read) return read.unreadable;
  const { trafficPolicy, networks } = read.spec;
  return {
    ...originOf(object),
    trafficPolicy,
    networks: networks?.map(({ cidr, except }) => ({
      cidr,
      except: except ?? [],
    })),
  };
}
