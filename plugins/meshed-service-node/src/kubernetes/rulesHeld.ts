import type { AccessQuestion } from './Kubernetes';

/** What somebody may do in a namespace, as far as a list of rules can say it. */
export type RulesHeld = ReadonlyArray<{
  verbs: readonly string[];
  apiGroups: readonly string[];
  resources: readonly string[];
}>;

/**
 * Reads the answer to a SelfSubjectRulesReview.
 *
 * @returns only what may be trusted: nothing when the server says that the list is incomplete, since an authorizer that does
 *   not list its rules (a webhook) may refuse what another grants; and no rule that holds for single objects.
 */
export function rulesFrom(review: unknown): RulesHeld {
  const { incomplete, evaluationError, resourceRules } = Object(
    Object(review).status,
  );
  if (incomplete !== false || evaluationError || !Array.isArray(resourceRules))
    return [];
  return resourceRules.flatMap(rule => {
    const { verbs, apiGroups, resources, resourceNames } = Object(rule);
    return isListOfTexts(verbs) &&
      isListOfTexts(apiGroups) &&
      isListOfTexts(resources) &&
      (resourceNames === undefined ||
        (Array.isArray(resourceNames) && resourceNames.length === 0))
      ? [{ verbs, apiGroups, resources }]
      : [];
  });
}

/** @returns whether some rule grants what is asked, by the matching of Kubernetes' RBAC. A no means: not known from here. */
export function isGranted(
  { verb, group, resource, subresource, namespace }: AccessQuestion,
  rules: RulesHeld = [],
): boolean {
  // What lives in no namespace is not what the rules of one are about.
  if (namespace === undefined) return false;
  const wanted = subresource
    ? [`${resource}/${subresource}`, `*/${subresource}`]
    : [resource];
  return rules.some(
    ({ verbs, apiGroups, resources }) =>
      holds(verbs, verb) &&
      holds(apiGroups, group) &&
      (resources.includes('*') ||
        wanted.some(each => resources.includes(each))),
  );
}

const holds = (list: readonly string[], value: string) =>
  list.includes('*') || list.includes(value);

function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string');
}
