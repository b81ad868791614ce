/** A network, or a single address as a network of one. */
export class Cidr {
  readonly bits: 32 | 128;
  readonly address: bigint;
  readonly prefix: number;

  constructor(bits: 32 | 128, address: bigint, prefix: number) {
    this.bits = bits;
    this.address = address;
    this.prefix = prefix;
  }

  contains(other: Cidr): boolean {
    if (this.bits !== other.bits || this.prefix > other.prefix) return false;
    const host = BigInt(this.bits - this.prefix);
    return this.address >> host === other.address >> host;
  }
}

/** @returns the network, or undefined when the text is none. */
export function parseCidr(text: string): Cidr | undefined {
  const [, address, length] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text) ?? [];
  if (address === undefined || (length.length > 1 && length.startsWith('0')))
    return undefined;
  const ip = parseIp(address);
  const prefix = Number(length);
  return ip && prefix <= ip.bits
    ? new Cidr(ip.bits, ip.address, prefix)
    : undefined;
}

/** @returns the address, or undefined when the text is none. IPv4 in IPv6 notation is refused, as Kubernetes does. */
export function parseIp(text: string): Cidr | undefined {
  return text.includes(':') ? parseIpV6(text) : parseIpV4(text);
}

function parseIpV4(text: string): Cidr | undefined {
  const parts = text.split('.');
  if (
    parts.length !== 4 ||
    !parts.every(
      part => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256,
    )
  )
    return undefined;
  return new Cidr(32, join(parts.map(Number), 8), 32);
}

function parseIpV6(text: string): Cidr | undefined {
  if (!/^[0-9a-fA-F:]{2,39}$/.test(text)) return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [before, after] = halves.map(half =>
    half === '' ? [] : half.split(':'),
  );
  const written = [...before, ...(after ?? [])];
  if (!written.every(group => /^[0-9a-fA-F]{1,4}$/.test(group)))
    return undefined;
  const missing = 8 - written.length;
  if (after === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [
    ...before,
    ...Array<string>(missing).fill('0'),
    ...(after ?? []),
  ];
  return new Cidr(
    128,
    join(
      groups.map(group => parseInt(group, 16)),
      16,
    ),
    128,
  );
}

function join(parts: readonly number[], bits: number): bigint {
  return parts.reduce(
    (address, part) => address * 2n ** BigInt(bits) + BigInt(part),
    0n,
  );
}
