import type { RetirementPlan } from '@meshway/plugin-meshed-service-common';

/** What becomes of the namespace of a service, once its name has been typed. */
export type NamespaceFate = { goes: boolean; sentence: string };

/** @returns what becomes of the namespace. What is foreign keeps it, whatever anybody types. */
export function fateOfNamespace(plan: RetirementPlan): NamespaceFate {
  const { namespace, foreign, unseen } = plan;
  const { name, action } = namespace;
  if (action === 'absent')
    return { goes: false, sentence: `Namespace ${name} is gone already.` };
  if (foreign.length > 0)
    return {
      goes: false,
      sentence: `Namespace ${name} stays, emptied of what is the service's own: ${
        foreign.length === 1
          ? 'one object'
          : `${foreign.length.toLocaleString('en')} objects`
      } in it ${
        foreign.length === 1 ? 'belongs' : 'belong'
      } to others. Typing its name does not change that.`,
    };
  if (action === 'delete')
    return {
      goes: true,
      sentence: `Namespace ${name} goes last, with everything in it.`,
    };
  if (unseen.length > 0)
    return {
      goes: true,
      sentence: `Namespace ${name} goes last, with what nobody can list in it.`,
    };
  return {
    goes: false,
    sentence: `Namespace ${name} stays: ${
      namespace.because ?? 'it is not held by this service'
    }.`,
  };
}

/** @returns kinds that may not be listed, with the one first whose loss hurts most. */
export function secretsFirst(unseen: readonly string[]): string[] {
  const isSecrets = (resource: string) => resource === 'secrets';
  return [
    ...unseen.filter(isSecrets),
    ...unseen.filter(resource => !isSecrets(resource)),
  ];
}

/**
 * @param typed - the name that was typed to confirm.
 * @returns what stands against a retirement, one sentence each; nothing when it may go on.
 */
export function objectionsToRetirement(
  plan: RetirementPlan,
  typed: string | undefined,
): string[] {
  return [
    ...plan.problems.map(({ message, fix }) => `${message} ${fix}`),
    ...(typed && typed !== plan.namespace.name
      ? [
          `The namespace of this service is ${plan.namespace.name}, and ${typed} was typed.`,
        ]
      : []),
  ];
}
