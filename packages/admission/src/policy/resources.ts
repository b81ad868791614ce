/** Kinds whose resource is not made by the rules below. */
const irregular: ReadonlyMap<string, string> = new Map([
  ['Endpoints', 'endpoints'],
  ['PodMetrics', 'pods'],
  ['NodeMetrics', 'nodes'],
]);

/** @returns the resource by which rules name a kind, made as generators of definitions make it: `NetworkPolicy` → `networkpolicies`. @public */
export function resourceOf(kind: string): string {
  const known = irregular.get(kind);
  if (known) return known;
  const singular = kind.toLowerCase();
  if (/(?:s|x|ch|sh)$/.test(singular)) return `${singular}es`;
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
  return `${singular}s`;
}
