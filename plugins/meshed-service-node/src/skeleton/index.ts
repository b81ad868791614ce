/**
 * What a team owns from the first commit on.
 *
 *   skeleton/<name>/ ─► readSkeleton ─► lintSkeleton ─► problems (in tests and CI)
 *                            │
 *   spec ─► skeletonValues ─►└─► renderSkeleton ─► files
 *
 * Skeletons are ordinary Backstage skeletons, rendered here because `fetch:template` would let a file be written that no
 * guardrail has seen (docs/adr/0007). They hold no rules: every value is computed from the spec.
 */
export { lintSkeleton } from './lintSkeleton';
export type { SkeletonProblem } from './lintSkeleton';
export { readSkeleton } from './readSkeleton';
export type { Skeleton } from './readSkeleton';
export { renderSkeleton } from './renderSkeleton';
export { skeletonValues, skeletonVariables } from './skeletonValues';
export type {
  KubernetesProbe,
  SkeletonContext,
  SkeletonValues,
} from './skeletonValues';
