const suffixes: ReadonlyMap<string, readonly [base: bigint, exponent: number]> =
  new Map([
    ['n', [10n, -9]],
    ['u', [10n, -6]],
    ['m', [10n, -3]],
    ['', [10n, 0]],
    ['k', [10n, 3]],
    ['M', [10n, 6]],
    ['G', [10n, 9]],
    ['T', [10n, 12]],
    ['P', [10n, 15]],
    ['E', [10n, 18]],
    ['Ki', [2n, 10]],
    ['Mi', [2n, 20]],
    ['Gi', [2n, 30]],
    ['Ti', [2n, 40]],
    ['Pi', [2n, 50]],
    ['Ei', [2n, 60]],
  ]);

/** Decimal places that a quantity keeps; Kubernetes rounds up to nano. */
const places = 9;

/** An amount as Kubernetes writes it: `100m`, `1.5Gi`, `2e3`. */
export class Quantity {
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    this.nanos = nanos;
  }

  compareTo(other: Quantity): -1 | 0 | 1 {
    if (this.nanos === other.nanos) return 0;
    return this.nanos < other.nanos ? -1 : 1;
  }
}

/** @returns the quantity, or undefined when the text is none. */
export function parseQuantity(text: string): Quantity | undefined {
  const [, sign, whole, fraction = '', exponent, suffix = ''] =
    /^([+-]?)(\d{1,30})(?:\.(\d{0,30}))?(?:[eE]([+-]?\d{1,2})|([a-zA-Z]{1,2}))?$/.exec(
      text,
    ) ?? [];
  if (whole === undefined) return undefined;
  const unit =
    exponent === undefined
      ? suffixes.get(suffix)
      : ([10n, Number(exponent)] as const);
  if (!unit) return undefined;
  const [base, power] = unit;
  const digits = BigInt(whole + fraction);
  const numerator =
    digits * 10n ** BigInt(places) * (power > 0 ? base ** BigInt(power) : 1n);
  const denominator =
    10n ** BigInt(fraction.length) * (power < 0 ? base ** BigInt(-power) : 1n);
  const roundedUp = (numerator + denominator - 1n) / denominator;
  return new Quantity(sign === '-' ? -roundedUp : roundedUp);
}
