import { Problem } from '@meshway/plugin-meshed-service-common';
import { AccessQuestion } from '../../kubernetes';

/** A right, for people: `create servers.policy.linkerd.io in namespace cart`. */
export function describeQuestion(question: AccessQuestion): string {
  const { verb, group, resource, subresource, namespace } = question;
  const what = `${resource}${subresource ? `/${subresource}` : ''}`;
  return `${verb} ${group ? `${what}.${group}` : what}${
    namespace ? ` in namespace ${namespace}` : ''
  }`;
}

/** @returns one problem for each right that is missing. */
export function permissionProblems(
  questions: readonly AccessQuestion[],
  answers: readonly boolean[],
  cluster: string,
): Problem[] {
  return questions
    .filter((_, index) => answers[index] !== true)
    .map(question => ({
      code: 'permission-missing',
      system: 'kubernetes',
      message: `The credentials for cluster ${cluster} may not ${describeQuestion(
        question,
      )}.`,
      fix: 'Bind them to the role of infra/rbac that the operation needs.',
    }));
}
