import { AdmissionRequest, Identity } from './AdmissionRequest';
import { resourceOf } from './resources';
import { LabelSelector, MatchResources, ResourceRule } from './MatchResources';

/** What selectors are held against. */
export type Candidate = {
  readonly operation: AdmissionRequest['operation'];
  readonly identity: Identity;
  readonly oldIdentity?: Identity;
  readonly namespace?: Identity;
};

/** @returns whether rules about kinds and operations name the candidate. */
export function matchesRules(
  candidate: Candidate,
  { resourceRules, excludeResourceRules }: MatchResources,
): boolean {
  const applies = (rule: ResourceRule) => ruleMatches(candidate, rule);
  return (
    (resourceRules === undefined || resourceRules.some(applies)) &&
    !excludeResourceRules?.some(applies)
  );
}

/** @returns whether the labels of the object and its namespace are selected. A cluster-scoped object has no namespace. */
export function matchesSelectors(
  { identity, oldIdentity, namespace }: Candidate,
  { namespaceSelector, objectSelector }: MatchResources,
): boolean {
  const place = identity.kind === 'Namespace' ? identity : namespace;
  const namespaceSelected =
    !namespaceSelector ||
    (identity.namespace === '' && identity.kind !== 'Namespace') ||
    selects(namespaceSelector, place?.labels ?? new Map());
  const objectSelected =
    !objectSelector ||
    [identity, oldIdentity].some(
      one => one !== undefined && selects(objectSelector, one.labels),
    );
  return namespaceSelected && objectSelected;
}

function ruleMatches(
  { operation, identity }: Candidate,
  rule: ResourceRule,
): boolean {
  const includes = (list: readonly string[], value: string) =>
    list.includes('*') || list.includes(value);
  const scope = identity.namespace === '' ? 'Cluster' : 'Namespaced';
  return (
    includes(rule.apiGroups, identity.group) &&
    includes(rule.apiVersions, identity.version) &&
    includes(rule.operations, operation) &&
    (includes(rule.resources, resourceOf(identity.kind)) ||
      rule.resources.includes('*/*')) &&
    (rule.resourceNames === undefined ||
      rule.resourceNames.length === 0 ||
      rule.resourceNames.includes(identity.name)) &&
    (rule.scope === undefined || rule.scope === '*' || rule.scope === scope)
  );
}

/** @returns whether a label selector selects an object with these labels. */
export function selects(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  labels: ReadonlyMap<string, string>,
): boolean {
  return (
    Object.entries(matchLabels).every(
      ([key, value]) => labels.get(key) === value,
    ) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels.get(key);
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        default:
          return value === undefined;
      }
    })
  );
}
