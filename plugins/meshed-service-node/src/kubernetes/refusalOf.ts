import { HttpAnswer, oneLine, sentence, whenToRepeat } from '../http';
import {
  AlreadyExistsError,
  BeingDeletedError,
  ClusterBusyError,
  ClusterCredentialsError,
  FieldConflictError,
  InvalidObjectError,
  NamespaceAbsentError,
  ObjectGoneError,
  ObjectTooLargeError,
  StorageFullError,
  UnexpectedAnswerError,
  UnknownKindError,
} from './errors';
import { forbidden } from './forbidden';
import { KubernetesStatus, statusFrom } from './KubernetesStatus';

export type Attempt = { attempted: string; cluster: string };

/** What else of an answer is read. */
type Said = Partial<Pick<HttpAnswer, 'headers' | 'receivedAt'>> & {
  json: unknown;
};

/** @returns what an answer that is no success means: what was attempted, why not, and what to do. */
export function refusalOf(
  answer: Pick<HttpAnswer, 'status' | 'text'> & Said,
  attempt: Attempt,
): Error {
  const { attempted, cluster } = attempt;
  const say = (reason: string) => `${sentence(attempted)} ${sentence(reason)}`;
  const status = statusFrom(answer.json);
  const said = oneLine(status?.message ?? '');
  if (isStorageFull(answer.text))
    return new StorageFullError(
      say(
        `The database of cluster ${cluster} is full, so that nothing can be written. Its operators have to make room (compact and defragment etcd, or raise its quota); repeat it then`,
      ),
    );
  if (answer.status === 413 || answer.text.includes('request is too large'))
    return new ObjectTooLargeError(
      say('The object is larger than a cluster stores. Make it smaller'),
    );
  if (answer.status === 401)
    return new ClusterCredentialsError(
      say(
        `Cluster ${cluster} does not accept the credentials: they are wrong or have expired. Renew them under meshedService.clusters`,
      ),
    );
  if (status && isUnknownField(answer.text)) return invalid(status, attempt);
  if (answer.status === 429 || answer.status >= 500)
    return new ClusterBusyError(
      say(
        `Cluster ${cluster} could not do it just now (${answer.status}${
          status?.reason ? ` ${status.reason}` : ''
        }). Repeat it ${whenToRepeat(
          answer,
        )}; what is done already is found again`,
      ),
    );
  if (!status)
    return answer.status === 404
      ? new UnknownKindError(
          say(
            `Cluster ${cluster} does not serve this kind. Install its CRD, or check the address of the cluster`,
          ),
        )
      : new UnexpectedAnswerError(
          say(
            `What answered for cluster ${cluster} (${answer.status}) does not speak like a Kubernetes API server. Check its address`,
          ),
        );
  if (isTerminating(status))
    return new BeingDeletedError(
      say(
        'The namespace is being deleted. Wait until it is gone; `kubectl get namespace -o yaml` names what holds it',
      ),
    );
  switch (answer.status) {
    case 403:
      return forbidden(status, attempt);
    case 404:
      return status.kind === 'namespaces'
        ? new NamespaceAbsentError(
            say(
              `Namespace ${status.name ?? ''} does not exist. Create it first`,
            ),
          )
        : new ObjectGoneError(say('It does not exist (any more)'));
    case 409:
      return conflict(status, say);
    case 400:
    case 422:
      return invalid(status, attempt);
    default:
      return new UnexpectedAnswerError(
        say(`Cluster ${cluster} said ${answer.status}: ${said}`),
      );
  }
}

/** Whether an answer looks like a passing failure, and is none: it would be the same the next time. */
export function isLasting(text: string): boolean {
  return isStorageFull(text) || isUnknownField(text);
}

/** etcd has used up its quota; it stays so until somebody makes room. */
function isStorageFull(text: string): boolean {
  return text.includes('database space exceeded');
}

/** Server-side apply answers 500 to a field that its schema does not have. */
function isUnknownField(text: string): boolean {
  return text.includes('field not declared in schema');
}

function isTerminating({ causes, message }: KubernetesStatus): boolean {
  return (
    causes.some(({ reason }) => reason === 'NamespaceTerminating') ||
    message.includes('because it is being terminated')
  );
}

function conflict(
  { causes, reason, message }: KubernetesStatus,
  say: (reason: string) => string,
): Error {
  const conflicts = causes
    .filter(cause => cause.reason === 'FieldManagerConflict')
    .map(cause => ({
      manager: /conflict with "([^"]*)"/.exec(cause.message)?.[1] ?? 'somebody',
      field: cause.field.replace(/^\./, ''),
    }));
  if (conflicts.length > 0)
    return new FieldConflictError(
      say(
        `Others have written fields that Meshway writes: ${conflicts
          .map(({ field, manager }) => `${field} by ${oneLine(manager, 80)}`)
          .join(
            ', ',
          )}. Undo their change, or let them give the fields up; nothing was overwritten`,
      ),
      conflicts,
    );
  if (reason === 'AlreadyExists')
    return new AlreadyExistsError(say('An object of that name exists'));
  return new ObjectGoneError(
    say(`It has changed meanwhile (${oneLine(message, 200)}). Repeat it`),
  );
}

function invalid(status: KubernetesStatus, attempt: Attempt): Error {
  const say = (reason: string) =>
    `${sentence(attempt.attempted)} ${sentence(reason)}`;
  if (status.causes.some(({ field }) => field === 'metadata.uid'))
    return new ObjectGoneError(
      say('It is another object of that name by now. Repeat it'),
    );
  return (
    forbidden.byPolicy(status, attempt) ??
    new InvalidObjectError(
      say(
        `Cluster ${attempt.cluster} finds it malformed: ${oneLine(
          status.message,
        )}. Change what was asked for; if it was not, the version of the cluster or of its CRDs is one that Meshway does not know`,
      ),
    )
  );
}
