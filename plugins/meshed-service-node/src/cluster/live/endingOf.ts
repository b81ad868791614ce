import { brokenLine, retryAfter, TimeLimitError } from '../../http';
import {
  ClusterCredentialsError,
  PermissionMissingError,
} from '../../kubernetes';
import { refusalOf } from '../../kubernetes/refusalOf';
import { Ending, Interruption } from './Ending';

const LONGEST_RETRY_AFTER = 30_000;

/** What was asked, where, and by which verb, to name in a message. */
export type Asked = {
  cluster: string;
  verb: 'get' | 'list' | 'watch';
  /** As in roles: `servers.policy.linkerd.io`. */
  resource: string;
};

/** An answer that is no success, read whole. */
export type Refusal = {
  status: number;
  headers: Record<string, string>;
  text: string;
};

/** @returns what a refusal of the API server means for whoever lists or watches. */
export function endingOfRefusal(refusal: Refusal, asked: Asked): Ending {
  const { status, headers, text } = refusal;
  switch (status) {
    case 401:
    case 403:
      return { kind: 'forbidden', because: whyForbidden(refusal, asked) };
    case 404:
      return { kind: 'notServed' };
    case 410:
      return { kind: 'expired' };
    default: {
      // By the server's own clock: ours may be elsewhere.
      const now = Date.parse(headers.date ?? '');
      const wait = retryAfter(
        headers['retry-after'],
        Number.isNaN(now) ? 0 : now,
      );
      const said = reasonIn(text);
      return {
        kind: 'failed',
        because: `the API server of cluster ${asked.cluster} answers ${status}${
          said ? ` ${said}` : ''
        } to ${asked.verb} ${asked.resource}`,
        ...(wait === undefined
          ? {}
          : { retryAfter: Math.min(wait, LONGEST_RETRY_AFTER) }),
      };
    }
  }
}

/** @returns what an exception means, of ours or of the connection. */
export function endingOfError(error: unknown, { cluster }: Asked): Ending {
  if (error instanceof Interruption) return error.ending;
  if (error instanceof TimeLimitError)
    return {
      kind: 'failed',
      because: `the API server of cluster ${cluster} did not answer in time`,
    };
  if (error instanceof ClusterCredentialsError)
    return { kind: 'forbidden', because: firstSmall(error.message) };
  const isOurs = error instanceof Error && 'statusCode' in error;
  return {
    kind: 'failed',
    because: isOurs
      ? firstSmall(error.message)
      : `the API server of cluster ${cluster} cannot be asked: ${
          brokenLine(error).because
        }`,
  };
}

function whyForbidden(
  { status, text }: Refusal,
  { cluster, verb, resource }: Asked,
): string {
  const grants = `infra/rbac/reader.yaml grants \`${verb} ${resource}\`; apply and bind it`;
  if (status === 401)
    return `cluster ${cluster} does not accept the credentials with which the portal would ${verb} ${resource}; renew them under meshedService.clusters`;
  const error = refusalOf(
    { status, text, json: parsed(text) },
    { attempted: `${verb} ${resource}`, cluster },
  );
  if (error instanceof ClusterCredentialsError)
    return `cluster ${cluster} was asked without credentials; give a token or a kubeconfig under meshedService.clusters`;
  return error instanceof PermissionMissingError && error.missing
    ? `its account may not ${verb} ${resource} in cluster ${cluster}; ${grants}`
    : `cluster ${cluster} forbids to ${verb} ${resource}; ${grants}`;
}

/** The word of a `Status` that says why; a text of anybody else is not repeated. */
function reasonIn(text: string): string | undefined {
  const { kind, reason } = Object(parsed(text));
  return kind === 'Status' && /^[A-Za-z]{1,60}$/.test(reason)
    ? reason
    : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstSmall(words: string): string {
  return words.charAt(0).toLocaleLowerCase('en-US') + words.slice(1);
}
