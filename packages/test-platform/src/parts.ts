/** What a test (or a person) can ask for; each brings what it needs. */
export const partNames = [
  'kubernetes',
  'pods',
  'vault',
  'argocd',
  'prometheus',
] as const;

export type PartName = (typeof partNames)[number];

/** @returns the parts with everything that they need, in the order in which they boot. */
export function withNeeds(parts: readonly PartName[]): PartName[] {
  const wanted = new Set(parts.flatMap(part => [...needs[part], part]));
  return partNames.filter(part => wanted.has(part));
}

const needs: Record<PartName, readonly PartName[]> = {
  kubernetes: [],
  pods: ['kubernetes'],
  vault: ['kubernetes'],
  argocd: ['kubernetes', 'pods'],
  prometheus: [],
};
