/**
 * Addresses that clients come from.
 *
 * @public
 */
export type Network = { cidr: string; except: string[] };

/** An address of either family, as a number. */
type Address = { bits: 32 | 128; value: bigint };
type Block = Address & { prefix: number };

/**
 * @returns whether a text is an address or a network, of either family.
 *
 * @public
 */
export function isNetwork(text: string): boolean {
  return readBlock(text) !== undefined;
}

/**
 * @returns a network as the control plane writes it: an address alone is the network that holds only it, and IPv6 is
 *   shortened. Bits beyond the prefix stay, and mean nothing.
 *
 * @public
 */
export function canonicalNetwork(text: string): string {
  const block = readBlock(text);
  return block ? `${write(block)}/${block.prefix}` : text;
}

/**
 * @returns whether an address lies in a network and in none of its exceptions. What cannot be read holds nothing.
 *
 * @public
 */
export function holds(
  network: { cidr: string; except: readonly string[] },
  address: string,
): boolean {
  return (
    contains(network.cidr, address) &&
    !network.except.some(each => contains(each, address))
  );
}

function contains(cidr: string, text: string): boolean {
  const block = readBlock(cidr);
  const address = readAddress(text);
  if (!block || !address || block.bits !== address.bits) return false;
  const free = BigInt(block.bits - block.prefix);
  // eslint-disable-next-line no-bitwise -- a prefix is the upper bits of an address
  return block.value >> free === address.value >> free;
}

/**
 * The control plane reads an address before a slash with less care than one that stands alone: octets may begin with zeros, and
 * `::` may stand for nothing.
 */
function readBlock(text: string): Block | undefined {
  const [host, prefixText, ...rest] = text.split('/');
  if (rest.length > 0) return undefined;
  const address = readAddress(host, prefixText !== undefined);
  if (!address) return undefined;
  if (prefixText === undefined) return { ...address, prefix: address.bits };
  const digits = address.bits === 32 ? /^\d{1,2}$/ : /^\d{1,3}$/;
  const prefix = digits.test(prefixText) ? Number(prefixText) : Infinity;
  return prefix <= address.bits ? { ...address, prefix } : undefined;
}

function readAddress(text: string, lenient = false): Address | undefined {
  const bytes = readIpv4(text, lenient);
  if (bytes) return { bits: 32, value: joined(bytes, 256n) };
  const groups = readIpv6(text, lenient);
  return groups && { bits: 128, value: joined(groups, 65536n) };
}

function joined(parts: readonly number[], base: bigint): bigint {
  return parts.reduce((sum, part) => sum * base + BigInt(part), 0n);
}

function readIpv4(text: string, lenient: boolean): number[] | undefined {
  const octet = lenient ? /^\d{1,3}$/ : /^(0|[1-9]\d{0,2})$/;
  const parts = text.split('.');
  return parts.length === 4 &&
    parts.every(part => octet.test(part) && Number(part) < 256)
    ? parts.map(Number)
    : undefined;
}

function readIpv6(text: string, lenient: boolean): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2 || !text.includes(':')) return undefined;
  const [head, tail] = halves.map((half, index) =>
    readGroups(half, index === halves.length - 1, lenient),
  );
  if (!head || (halves.length === 2 && !tail)) return undefined;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (!tail) return missing === 0 ? head : undefined;
  return missing > (lenient ? -1 : 0)
    ? [...head, ...Array<number>(missing).fill(0), ...tail]
    : undefined;
}

/** @param last - whether an IPv4 address may be the end of it. */
function readGroups(
  text: string,
  last: boolean,
  lenient: boolean,
): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const ends = last && index === parts.length - 1;
    const bytes = ends ? readIpv4(part, lenient) : undefined;
    if (bytes) {
      groups.push(bytes[0] * 256 + bytes[1], bytes[2] * 256 + bytes[3]);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
}

function write({ bits, value }: Address): string {
  if (bits === 32) return split(value, 4, 256n).join('.');
  if (value >> 32n === 0xffffn) {
    return `::ffff:${split(value % 2n ** 32n, 4, 256n).join('.')}`;
  }
  const groups = split(value, 8, 65536n).map(group => group.toString(16));
  const text = groups.join(':');
  const zeros = [...text.matchAll(/(?:^|(?<=:))0(?::0)+(?=:|$)/g)]
    .map(match => ({ at: match.index, length: match[0].length }))
    .reduce(
      (longest, each) => (each.length > longest.length ? each : longest),
      {
        at: 0,
        length: 0,
      },
    );
  if (zeros.length === 0) return text;
  const before = text.slice(0, zeros.at).replace(/:$/, '');
  const after = text.slice(zeros.at + zeros.length).replace(/^:/, '');
  return `${before}::${after}`;
}

function split(value: bigint, parts: number, base: bigint): number[] {
  return Array.from({ length: parts }, (_, index) =>
    Number((value / base ** BigInt(parts - 1 - index)) % base),
  );
}
