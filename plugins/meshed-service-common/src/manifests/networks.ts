/** An address range, and what is left out of it. */
export type Network = { cidr: string; except?: string[] };

const isIpv6 = (cidr: string) => cidr.includes(':');

/** @returns every address but the given networks, per address family, as NetworkPolicies and EgressNetworks want it. */
export function everythingExcept(networks: readonly string[]): Network[] {
  const without = (cidr: string, except: string[]): Network =>
    except.length > 0 ? { cidr, except } : { cidr };
  return [
    without(
      '0.0.0.0/0',
      networks.filter(network => !isIpv6(network)),
    ),
    without(
      '::/0',
      networks.filter(network => isIpv6(network)),
    ),
  ];
}
