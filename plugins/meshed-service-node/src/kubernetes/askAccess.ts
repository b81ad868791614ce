import { ClusterConnection } from './ClusterConnection';
import type { AccessQuestion, RequestOptions } from './Kubernetes';
import { isGranted, rulesFrom, RulesHeld } from './rulesHeld';

const AT_ONCE = 8;
/** From here on, one list of rules is less work than the questions themselves. */
const MANY = 4;

/**
 * Asks the API server about rights, and answers in the order of the questions. Where many are asked about one namespace, the
 * rules that hold there are read first, in one request: what they grant without reserve is a yes. Everything else, every no
 * among it, is asked about by itself.
 */
export async function askAccess(
  connection: ClusterConnection,
  questions: readonly AccessQuestion[],
  options: RequestOptions,
  again = true,
): Promise<boolean[]> {
  const rules = await rulesOfNamespaces(connection, questions, options);
  const answers = questions.map(question =>
    isGranted(question, rules.get(question.namespace ?? '')),
  );
  const waiting = questions
    .map((question, index) => ({ question, index }))
    .filter(({ index }) => !answers[index]);
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      answers[next.index] = await ask(connection, next.question, options);
  };
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, waiting.length) }, work),
  );
  const no = questions[answers.indexOf(false)];
  const isIn = no && again && (await isYesByNow(connection, no, options));
  return isIn ? askAccess(connection, questions, options, false) : answers;
}

/** A server that was starting a moment before said no to everybody. */
async function isYesByNow(
  connection: ClusterConnection,
  question: AccessQuestion,
  options: RequestOptions,
): Promise<boolean> {
  const attempted = attemptedAt(connection);
  await connection.refuseUnlessReady({ attempted, signal: options.signal });
  return ask(connection, question, options);
}

async function rulesOfNamespaces(
  connection: ClusterConnection,
  questions: readonly AccessQuestion[],
  options: RequestOptions,
): Promise<Map<string, RulesHeld>> {
  const counts = new Map<string, number>();
  for (const { namespace } of questions)
    if (namespace !== undefined)
      counts.set(namespace, (counts.get(namespace) ?? 0) + 1);
  const read = [...counts]
    .filter(([, count]) => count >= MANY)
    .map(
      async ([namespace]) =>
        [namespace, await readRules(connection, namespace, options)] as const,
    );
  return new Map(await Promise.all(read));
}

/** @returns nothing where the rules may not be read, or are not served: then everything is asked about by itself. */
async function readRules(
  connection: ClusterConnection,
  namespace: string,
  { signal }: RequestOptions,
): Promise<RulesHeld> {
  const { status, json } = await connection.send({
    attempted: attemptedAt(connection),
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
    body: JSON.stringify({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectRulesReview',
      spec: { namespace },
    }),
    expected: [403, 404],
    signal,
  });
  return status < 300 ? rulesFrom(json) : [];
}

async function ask(
  connection: ClusterConnection,
  { verb, group, resource, subresource, namespace, name }: AccessQuestion,
  { signal }: RequestOptions,
): Promise<boolean> {
  const { json } = await connection.send({
    attempted: attemptedAt(connection),
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

const attemptedAt = ({ cluster }: ClusterConnection) =>
  `asking cluster ${cluster} what the credentials may do`;
