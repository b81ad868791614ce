import { kinds, names, Problem } from '@meshway/plugin-meshed-service-common';
import { AccessQuestion, Kubernetes } from '../../kubernetes';
import { ProvisioningParts, Wanted } from '../context';
import { questionsFor, questionsForDelegation } from '../permissions';
import { ObjectDecision } from './decideObject';
import { Problems } from './problemOf';

/** Asks about every right that the operation needs, whether this very service needs it or not. */
export async function surveyRights(
  { spec }: Wanted,
  { platform }: ProvisioningParts,
  kubernetes: Kubernetes,
  problems: Problems,
  signal?: AbortSignal,
): Promise<void> {
  const service = names.namespace(spec);
  const places = { service, argocd: platform.argocd.namespace };
  const questions = questionsFor(
    spec.delivery.mode === 'apply' ? 'ensure' : 'observe',
    places,
  );
  const answers = await kubernetes.mayI(questions, { signal });
  problems.add(...permissionProblems(questions, answers, kubernetes.cluster));
}

/** Whoever writes the owners' Role has to hold what is in it; where it is as it should be, nobody has to ask. */
export async function surveyDelegation(
  { spec }: Wanted,
  decisions: readonly ObjectDecision[],
  kubernetes: Kubernetes,
  problems: Problems,
  signal?: AbortSignal,
): Promise<void> {
  const role = decisions.find(({ object }) => object.kind === kinds.Role.kind);
  const isWritten = ['create', 'change'].includes(role?.plan.action ?? '');
  if (spec.delivery.mode !== 'apply' || !isWritten) return;
  const questions = questionsForDelegation(names.namespace(spec));
  const answers = await problems.during('kubernetes', () =>
    kubernetes.mayI(questions, { signal }),
  );
  // Where nobody answered, that is the problem, and nothing is known of any right.
  if (answers)
    problems.add(...permissionProblems(questions, answers, kubernetes.cluster));
}

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
