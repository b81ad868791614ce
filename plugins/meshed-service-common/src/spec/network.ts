/** @returns what is wrong with a network in CIDR notation, or undefined. The shape has been checked by its pattern. */
export function cidrProblem(cidr: string): string | undefined {
  const [address, prefix] = cidr.split('/');
  const bits = address.includes(':') ? ipv6Bits(address) : ipv4Bits(address);
  if (bits === undefined) return 'is not an IP address followed by a length';
  if (String(Number(prefix)) !== prefix || Number(prefix) > bits.length)
    return `must have a length of at most ${bits.length}`;
  if (prefix === '0')
    return 'is every address there is; set egress.trafficPolicy to Allow instead';
  if (bits.slice(Number(prefix)).includes('1'))
    return `names a host; the network has zeros after its first ${prefix} bits`;
  return undefined;
}

function ipv4Bits(address: string): string | undefined {
  const octets = address.split('.');
  const good = octets.every(
    octet => String(Number(octet)) === octet && Number(octet) <= 255,
  );
  return good
    ? octets.map(octet => Number(octet).toString(2).padStart(8, '0')).join('')
    : undefined;
}

function ipv6Bits(address: string): string | undefined {
  const halves = address.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(half => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [
    ...head,
    ...Array.from({ length: missing }, () => '0'),
    ...(tail ?? []),
  ];
  return groups.every(group => /^[0-9a-f]{1,4}$/.test(group))
    ? groups
        .map(group => parseInt(group, 16).toString(2).padStart(16, '0'))
        .join('')
    : undefined;
}
