import { withNeeds, type PartName } from './parts';
import { findTool, isMissing, sentencesFor, type ToolName } from './tools';

/** The programs of each part. */
export const toolsOf: Record<PartName, readonly ToolName[]> = {
  kubernetes: ['etcd', 'kube-apiserver', 'kube-controller-manager'],
  pods: ['kube-scheduler', 'kwok'],
  vault: ['vault'],
  argocd: ['argocd', 'kustomize', 'redis-server'],
  prometheus: ['prometheus'],
};

/** @returns the programs that these parts need, each once. */
export function toolsFor(parts: readonly PartName[]): ToolName[] {
  return [...new Set(withNeeds(parts).flatMap(part => toolsOf[part]))];
}

/** @returns why nobody wants a platform here: the first one waits about 20 minutes for its programs to be built. */
export const switchedOff = (): string | undefined =>
  process.env.MESHWAY_PLATFORM === 'off'
    ? 'MESHWAY_PLATFORM=off switches it off'
    : undefined;

/** @returns why these parts cannot boot on this machine as it is, a clause for each way out; empty when they can. */
export function lacking(parts: readonly PartName[]): string[] {
  const off = switchedOff();
  if (off) return [off];
  const found = toolsFor(parts).map(findTool);
  return sentencesFor(found.filter(isMissing));
}
