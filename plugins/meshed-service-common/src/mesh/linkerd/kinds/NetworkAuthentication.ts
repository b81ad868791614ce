import { z } from 'zod';
import type { KubernetesObject } from '../../../model';
import { originOf, Origin, readSpec, refuse, Unreadable } from '../../readable';
import { canonicalNetwork, isNetwork, Network } from './network';

/**
 * Networks that clients must come from.
 *
 * @public
 */
export type NetworkAuthentication = Origin & { networks: Network[] };

/** An address or a network, of either family. */
export const cidrSchema = z.string().refine(isNetwork, 'is no network');

export const networksSchema = z.array(
  z.object({
    cidr: cidrSchema,
    except: z.array(cidrSchema).nullish(),
  }),
);

/** @returns networks as the mesh compares them. */
export function readNetworks(
  networks: z.infer<typeof networksSchema>,
): Network[] {
  return networks.map(({ cidr, except }) => ({
    cidr: canonicalNetwork(cidr),
    except: (except ?? []).map(canonicalNetwork),
  }));
}

/**
 * @returns the authentication, or why a policy controller would not use it.
 *
 * @public
 */
export function networkAuthenticationFromKubernetes(
  object: KubernetesObject,
): NetworkAuthentication | Unreadable {
  const read = readSpec(object, z.object({ networks: networksSchema }));
  if ('unreadable' in read) return read.unreadable;
  return read.spec.networks.length === 0
    ? refuse(object, 'it names no network')
    : { ...originOf(object), networks: readNetworks(read.spec.networks) };
}
