import { ended, oneLine, sentence } from '../http';
import {
  AdmissionDeniedError,
  ClusterCredentialsError,
  PermissionMissingError,
} from './errors';
import { KubernetesStatus } from './KubernetesStatus';

type Attempt = { attempted: string; cluster: string };

/** @returns why something was forbidden: a policy of the cluster, or a permission that is missing, and which one. */
export function forbidden(status: KubernetesStatus, attempt: Attempt): Error {
  return byPolicy(status, attempt) ?? byRole(status, attempt);
}

const policies: ReadonlyArray<[RegExp, (match: RegExpExecArray) => string]> = [
  [
    /((?:Validating|Mutating)AdmissionPolicy '[^']+')/,
    ([, policy]) => policy.replace(/'/g, ''),
  ],
  [/admission webhook "([^"]+)"/, ([, webhook]) => `the webhook ${webhook}`],
  [/exceeded quota: ([^,\s]+)/, ([, quota]) => `ResourceQuota ${quota}`],
  [/violates PodSecurity/, () => 'Pod Security'],
];

/** @returns the denial of a policy, or undefined when none is named: then the object or the permissions are at fault. */
function byPolicy(
  { message }: KubernetesStatus,
  { attempted, cluster }: Attempt,
): AdmissionDeniedError | undefined {
  for (const [pattern, nameOf] of policies) {
    const match = pattern.exec(message);
    if (match) {
      const policy = oneLine(nameOf(match), 120);
      return new AdmissionDeniedError(
        `${sentence(
          attempted,
        )} Denied in cluster ${cluster} by ${policy}: ${ended(
          oneLine(message.replace(/^.*?denied (?:the )?request:? ?/s, '')),
        )} Change what was asked for, or ask the platform team.`,
        policy,
      );
    }
  }
  return undefined;
}
forbidden.byPolicy = byPolicy;

const refused =
  /^.*?User "([^"]*)" cannot (\S+) resource "([^"]*)" in API group "([^"]*)"(?: in the namespace "([^"]*)")?/s;

function byRole(
  { message }: KubernetesStatus,
  { attempted, cluster }: Attempt,
): Error {
  const match = refused.exec(message);
  if (!match)
    return new PermissionMissingError(
      `${sentence(attempted)} Forbidden in cluster ${cluster}: ${ended(
        oneLine(message),
      )} The roles in infra/rbac hold what Meshway needs.`,
    );
  const [, user, verb, resource, group, namespace] = match;
  if (user === 'system:anonymous')
    return new ClusterCredentialsError(
      `${sentence(
        attempted,
      )} Cluster ${cluster} was asked without credentials. Give a token or a kubeconfig under meshedService.clusters.`,
    );
  const right = `${verb} ${resource}${group ? `.${group}` : ''}`;
  return new PermissionMissingError(
    `${sentence(attempted)} ${oneLine(user, 120)} may not ${right}${
      namespace ? ` in namespace ${namespace}` : ''
    } of cluster ${cluster}. The roles in infra/rbac grant \`${right}\`; apply and bind them.`,
    { verb, resource, group, ...(namespace ? { namespace } : {}) },
  );
}
