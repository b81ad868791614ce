import { CelValue, Extent } from './CelEngine';

/** How much one object may hold. Kubernetes stores at most 1.5 MB; hostile input meets these bounds first. @public */
export const celBounds = {
  depth: 64,
  nodes: 50_000,
  characters: 1_500_000,
} as const;

/** An object that is too large, too deep or no JSON at all. @public */
export class UnjudgeableObjectError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnjudgeableObjectError';
  }
}

/**
 * Copies JSON into values that CEL can read: whole numbers become `bigint`, objects lose their prototype (so that
 * `__proto__` is a key like any other), `undefined` members are left out.
 * @throws UnjudgeableObjectError naming the bound.
 * @public
 */
export function toCel(json: unknown): { value: CelValue; extent: Extent } {
  const extent = { longestList: 0, longestText: 0 };
  let nodes = 0;
  let characters = 0;

  const text = (value: string) => {
    characters += value.length;
    if (characters > celBounds.characters)
      throw new UnjudgeableObjectError(
        `holds more than ${celBounds.characters} characters`,
      );
    extent.longestText = Math.max(extent.longestText, value.length);
    return value;
  };

  const convert = (value: unknown, depth: number): CelValue => {
    nodes += 1;
    if (nodes > celBounds.nodes)
      throw new UnjudgeableObjectError(
        `holds more than ${celBounds.nodes} values`,
      );
    if (depth > celBounds.depth)
      throw new UnjudgeableObjectError(
        `is nested more than ${celBounds.depth} levels deep`,
      );
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'string') return text(value);
    if (typeof value === 'bigint') return value;
    if (typeof value === 'number') return number(value);
    if (Array.isArray(value)) {
      extent.longestList = Math.max(extent.longestList, value.length);
      return value.map(item =>
        convert(item === undefined ? null : item, depth + 1),
      );
    }
    if (typeof value === 'object') {
      const entries = Object.entries(value).filter(
        ([, member]) => member !== undefined,
      );
      extent.longestList = Math.max(extent.longestList, entries.length);
      const map: Record<string, CelValue> = Object.create(null);
      for (const [key, member] of entries)
        Object.defineProperty(map, text(key), {
          value: convert(member, depth + 1),
          enumerable: true,
        });
      return map;
    }
    throw new UnjudgeableObjectError(
      `holds a ${typeof value}, which JSON cannot`,
    );
  };

  return { value: convert(json, 0), extent };
}

function number(value: number): CelValue {
  if (!Number.isFinite(value))
    throw new UnjudgeableObjectError(`holds ${value}, which JSON cannot`);
  return Number.isSafeInteger(value) ? BigInt(value) : value;
}
