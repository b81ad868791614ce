/**
 * What is kept of a value. Of a list, it holds for every member.
 *
 * - `whole`: all of it.
 * - `plain`: a text, a number or a truth value.
 * - fields: these of a record, and no others.
 * - a function: what it makes of the value.
 */
export type Kept =
  | 'whole'
  | 'plain'
  | { readonly [field: string]: Kept }
  | ((value: unknown) => unknown);

/**
 * @returns what is kept of a value. Where something stands that should not, nothing of it is kept but what sort of thing it is,
 * so that whoever reads it refuses it for the same reason.
 */
export function keep(value: unknown, kept: Kept): unknown {
  if (kept === 'whole') return value;
  if (Array.isArray(value)) return value.map(each => keep(each, kept));
  if (typeof kept === 'function') return kept(value);
  if (kept === 'plain') return isRecord(value) ? {} : value;
  if (!isRecord(value)) return typeof value === 'string' ? '' : value;
  return Object.fromEntries(
    Object.entries(kept).flatMap(([field, inner]) =>
      Object.hasOwn(value, field) ? [[field, keep(value[field], inner)]] : [],
    ),
  );
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
