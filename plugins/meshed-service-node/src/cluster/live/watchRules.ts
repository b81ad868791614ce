import {
  ObservedResource,
  observedResources,
  PolicyRule,
} from '@meshway/plugin-meshed-service-common';
import { Collection, collectionsOf, definitions } from './Collection';

/**
 * @returns the rights that watching takes: in every namespace, in Argo CD's, and on single objects in the control plane's.
 *
 * @public
 */
export function watchRules(
  resources: readonly ObservedResource[] = observedResources,
): Record<'cluster' | 'argocd' | 'controlPlane', PolicyRule[]> {
  const rulesOf = (within: ObservedResource['within']) =>
    collectionsOf(
      resources.filter(each => each.within === within),
      { controlPlaneNamespace: '', argocdNamespace: '' },
    ).map(ruleOf);
  return {
    cluster: [ruleOf(definitions), ...rulesOf(undefined)],
    argocd: rulesOf('argocd'),
    controlPlane: rulesOf('controlPlane'),
  };
}

function ruleOf({ group, resource, name }: Collection): PolicyRule {
  return {
    apiGroups: [group],
    resources: [resource],
    ...(name === undefined ? {} : { resourceNames: [name] }),
    verbs: ['list', 'watch'],
  };
}
