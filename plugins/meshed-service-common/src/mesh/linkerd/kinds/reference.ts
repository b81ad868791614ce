/** @returns the kind in lower case when the reference is to the core group, which has two spellings. */
export function coreKindOf(ref: {
  group?: string | null;
  kind: string;
}): string | undefined {
  const group = ref.group?.toLowerCase() ?? '';
  return group === '' || group === 'core' ? ref.kind.toLowerCase() : undefined;
}
