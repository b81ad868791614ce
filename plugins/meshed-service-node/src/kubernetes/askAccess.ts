import type { AccessQuestion, RequestOptions } from './Kubernetes';
import { ClusterConnection } from './ClusterConnection';

const AT_ONCE = 8;

/** Asks the API server about each right, some at once, and answers in the order of the questions. */
export async function askAccess(
  connection: ClusterConnection,
  questions: readonly AccessQuestion[],
  options: RequestOptions,
): Promise<boolean[]> {
  const answers: boolean[] = questions.map(() => false);
  const waiting = questions.map((question, index) => ({ question, index }));
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      answers[next.index] = await ask(connection, next.question, options);
  };
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, questions.length) }, work),
  );
  return answers;
}

async function ask(
  connection: ClusterConnection,
  { verb, group, resource, subresource, namespace, name }: AccessQuestion,
  { signal }: RequestOptions,
): Promise<boolean> {
  const { json } = await connection.send({
    attempted: `asking cluster ${connection.cluster} what the credentials may do`,
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: JSON.stringify({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: {
        resourceAttributes: {
          verb,
          group,
          resource,
          subresource,
          namespace,
          name,
        },
      },
    }),
    signal,
  });
  return Object(Object(json).status).allowed === true;
}
