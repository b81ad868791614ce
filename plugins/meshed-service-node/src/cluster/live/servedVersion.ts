import { groupPath } from '../../kubernetes/address';
import { kindsFromList } from '../../kubernetes/servedKinds';
import { apiVersionOf, Collection, resourceOf } from './Collection';
import { Interruption } from './Ending';
import { endingOfRefusal } from './endingOf';
import { readText } from './readText';
import type { ReflectorParts } from './Reflector';

const LONGEST_ANSWER = 16 * 1024 * 1024;

/**
 * Asks for the first of the versions of a collection that the server serves.
 *
 * @returns undefined when it serves none of them.
 * @throws Interruption when it does not say.
 */
export async function servedVersion(
  collection: Collection,
  {
    cluster,
    feed,
    limits,
  }: Pick<ReflectorParts, 'cluster' | 'feed' | 'limits'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const version of collection.versions) {
    const apiVersion = apiVersionOf(collection, version);
    const answer = await feed.open({
      attempted: `asking cluster ${cluster} for the kinds of ${apiVersion}`,
      path: groupPath(apiVersion),
      accept: 'application/json',
      answerMilliseconds: limits.answer,
      signal,
    });
    const text = await readText(answer, LONGEST_ANSWER);
    if (answer.status === 404) continue;
    if (answer.status !== 200)
      throw new Interruption(
        endingOfRefusal(
          { ...answer, text },
          { cluster, verb: 'list', resource: resourceOf(collection) },
        ),
      );
    const served = kindsFromList(parsed(text), apiVersion);
    if (served.some(({ resource }) => resource === collection.resource))
      return version;
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Interruption({
      kind: 'failed',
      because: 'what answers does not speak like a Kubernetes API server',
    });
  }
}
