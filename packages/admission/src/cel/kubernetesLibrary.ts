import type { Environment } from '@marcbachmann/cel-js';
import { CelEvaluationError } from './CelEngine';
import { Cidr, parseCidr, parseIp } from './networks';
import { Quantity, parseQuantity } from './quantities';
import { matchesPattern } from './regularExpressions';

/** Stands in for `matches`, whose own implementation in the engine backtracks (docs/adr/0003). */
export const safeMatches = 'matchesRe2';

/**
 * The functions of Kubernetes' CEL library that rules may use, beside CEL's own.
 * Each behaves as https://kubernetes.io/docs/reference/using-api/cel/ says; its tests quote the cases.
 */
export function registerKubernetesLibrary(environment: Environment): void {
  environment
    .registerFunction(`string.${safeMatches}(string): bool`, matchesPattern)
    .registerFunction(
      'string.replace(string, string): string',
      (text: string, from: string, to: string) => text.split(from).join(to),
    );

  environment
    .registerType('kubernetes.Quantity', Quantity)
    .registerFunction('isQuantity(string): bool', (text: string) =>
      Boolean(parseQuantity(text)),
    )
    .registerFunction('quantity(string): kubernetes.Quantity', (text: string) =>
      orRefuse(parseQuantity(text), text, 'a quantity'),
    )
    .registerFunction(
      'kubernetes.Quantity.compareTo(kubernetes.Quantity): int',
      (left: Quantity, right: Quantity) => BigInt(left.compareTo(right)),
    )
    .registerFunction(
      'kubernetes.Quantity.isLessThan(kubernetes.Quantity): bool',
      (left: Quantity, right: Quantity) => left.compareTo(right) < 0,
    )
    .registerFunction(
      'kubernetes.Quantity.isGreaterThan(kubernetes.Quantity): bool',
      (left: Quantity, right: Quantity) => left.compareTo(right) > 0,
    );

  environment
    .registerType('net.CIDR', Cidr)
    .registerFunction('isIP(string): bool', (text: string) =>
      Boolean(parseIp(text)),
    )
    .registerFunction('isCIDR(string): bool', (text: string) =>
      Boolean(parseCidr(text)),
    )
    .registerFunction('cidr(string): net.CIDR', (text: string) =>
      orRefuse(parseCidr(text), text, 'a network in CIDR notation'),
    )
    .registerFunction(
      'net.CIDR.containsCIDR(string): bool',
      (outer: Cidr, inner: string) =>
        outer.contains(
          orRefuse(parseCidr(inner), inner, 'a network in CIDR notation'),
        ),
    )
    .registerFunction(
      'net.CIDR.containsIP(string): bool',
      (outer: Cidr, inner: string) =>
        outer.contains(orRefuse(parseIp(inner), inner, 'an IP address')),
    );
}

function orRefuse<T>(value: T | undefined, text: string, what: string): T {
  if (value === undefined)
    throw new CelEvaluationError(
      `${JSON.stringify(text.slice(0, 60))} is not ${what}`,
    );
  return value;
}
