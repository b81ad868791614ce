import type { Instant } from '../../model';

/** From when to when a certificate holds. @public */
export type Validity = { notBefore: Instant; notAfter: Instant };

type Element = { tag: number; from: number; to: number };

const SEQUENCE = 0x30;
const VERSION = 0xa0;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;

/**
 * @param certificate - base64 of an X.509 certificate (DER), without blanks.
 * @returns from when to when it holds, or undefined when it cannot be read.
 *
 * @public
 */
export function readValidity(certificate: string): Validity | undefined {
  const bytes = bytesOf(certificate);
  const outer = bytes && elementAt(bytes, 0);
  const signed = bytes && outer && elementAt(bytes, outer.from);
  if (!signed || outer.tag !== SEQUENCE || signed.tag !== SEQUENCE) {
    return undefined;
  }
  // version?, serial number, signature algorithm, issuer, validity, …
  const parts = childrenOf(bytes, signed, 6);
  const validity = parts[parts[0]?.tag === VERSION ? 4 : 3];
  if (validity?.tag !== SEQUENCE) return undefined;
  const [notBefore, notAfter] = childrenOf(bytes, validity, 2).map(each =>
    instantOf(bytes, each),
  );
  return notBefore && notAfter ? { notBefore, notAfter } : undefined;
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), each => each.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** One element of DER: a tag, a length of one or more bytes, and that many bytes. */
function elementAt(bytes: Uint8Array, at: number): Element | undefined {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (first === undefined) return undefined;
  const more = first < 0x80 ? 0 : first - 0x80;
  if (more > 3) return undefined;
  const length =
    more === 0
      ? first
      : bytes
          .subarray(at + 2, at + 2 + more)
          .reduce((sum, byte) => sum * 256 + byte, 0);
  const from = at + 2 + more;
  return from + length <= bytes.length
    ? { tag, from, to: from + length }
    : undefined;
}

function childrenOf(
  bytes: Uint8Array,
  parent: Element,
  atMost: number,
): Element[] {
  const found: Element[] = [];
  let at = parent.from;
  while (at < parent.to && found.length < atMost) {
    const child = elementAt(bytes, at);
    if (!child) break;
    found.push(child);
    at = child.to;
  }
  return found;
}

function instantOf(
  bytes: Uint8Array,
  { tag, from, to }: Element,
): Instant | undefined {
  const text = String.fromCharCode(
    ...bytes.subarray(from, Math.min(to, from + 20)),
  );
  const full = tag === UTC_TIME ? withCentury(text) : text;
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full);
  if (!match || (tag !== UTC_TIME && tag !== GENERALIZED_TIME))
    return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const instant = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  return Number.isNaN(Date.parse(instant)) ? undefined : instant;
}

/** Two digits of a year stand for 1950 to 2049. */
function withCentury(text: string): string {
  return `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}`;
}
