import {
  ObservedResource,
  observedResources,
  PolicyRule,
} from '@meshway/plugin-meshed-service-common';
import { Collection, collectionsOf, definitions } from './Collection';

/**
 * @returns the rights that watching takes: in every namespace, and on single objects in the namespace of the control plane.
 *
 * @public
 */
export function watchRules(
  resources: readonly ObservedResource[] = observedResources,
): { cluster: PolicyRule[]; controlPlane: PolicyRule[] } {
  const all = collectionsOf(resources, { controlPlaneNamespace: 'linkerd' });
  const ruleOf = ({ group, resource, name }: Collection): PolicyRule => ({
    apiGroups: [group],
    resources: [resource],
    ...(name === undefined ? {} : { resourceNames: [name] }),
    verbs: ['list', 'watch'],
  });
  const isSingle = ({ name }: Collection) => name !== undefined;
  return {
    cluster: [definitions, ...all.filter(each => !isSingle(each))].map(ruleOf),
    controlPlane: all.filter(isSingle).map(ruleOf),
  };
}
