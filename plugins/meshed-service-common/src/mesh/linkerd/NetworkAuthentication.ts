import { z } from 'zod';
import type { KubernetesObject } from '../../model';
import { originOf, Origin, readSpec, Unreadable } from '../readable';
import type { Network } from './EffectivePolicy';

/**
 * Networks that clients must come from.
 *
 * @public
 */
export type NetworkAuthentication = Origin & { networks: Network[] };

const octet = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const ipv4 = new RegExp(`^${octet}(\\.${octet}){3}(/(3[0-2]|[12]?\\d))?$`);
const ipv6 = /^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(\/(12[0-8]|1[01]\d|[1-9]?\d))?$/;

/** An address or a network, of either family. */
export const cidrSchema = z
  .string()
  .refine(text => ipv4.test(text) || ipv6.test(text), 'is no network');

/** @returns an address as the network that holds only it. */
export function asNetwork(cidr: string): string {
  if (cidr.includes('/')) return cidr;
  return cidr.includes(':') ? `${cidr}/128` : `${cidr}/32`;
}

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
    cidr: asNetwork(cidr),
    except: (except ?? []).map(asNetwork),
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
  const origin = originOf(object);
  return read.spec.networks.length === 0
    ? { ref: origin.ref, because: 'it names no network' }
    : { ...origin, networks: readNetworks(read.spec.networks) };
}
