import {
  FieldChange,
  FieldConflict,
  formatServiceRef,
  kinds,
  KubernetesObject,
  names,
  ObjectRef,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import { KubernetesAuthRole } from '../vault';
import { changesBetween } from '../difference';

/** A role as it shall be. */
export type WantedRole = {
  ref: ObjectRef;
  mount: string;
  name: string;
  role: KubernetesAuthRole;
};

/** What has to be done about something in Vault. */
export type VaultDecision = {
  action: 'create' | 'change' | 'unchanged' | 'conflict';
  fields?: string[];
  changes?: FieldChange[];
  conflicts?: FieldConflict[];
};

/** @returns the role that a payload of the bundle asks for. */
export function wantedRole(payload: KubernetesObject): WantedRole {
  const { mount, ...role } = payload.spec as KubernetesAuthRole & {
    mount: string;
  };
  const { name } = payload.metadata;
  return {
    ref: { ...kinds.VaultRole, name: `${mount}/${name}` },
    mount,
    name,
    role,
  };
}

/**
 * @returns whether a role is ours: its name follows from the service, and it lets in exactly the service's account. Roles
 *   carry no owner; whose the service is, the namespace says, which has been looked at before.
 */
export function isOurRole(
  role: KubernetesAuthRole,
  service: ServiceRef,
): boolean {
  const only = (list: readonly string[], value: string) =>
    list.length === 1 && list[0] === value;
  return (
    only(role.boundServiceAccountNames, names.serviceAccount(service)) &&
    only(role.boundServiceAccountNamespaces, names.namespace(service))
  );
}

export function decideRole(
  wanted: WantedRole,
  existing: KubernetesAuthRole | undefined,
  service: ServiceRef,
): VaultDecision {
  if (!existing) return { action: 'create' };
  if (!isOurRole(existing, service))
    return {
      action: 'conflict',
      conflicts: [{ with: describeBinding(existing) }],
    };
  const changes = changesBetween(existing, wanted.role);
  return changes.length === 0
    ? { action: 'unchanged' }
    : {
        action: 'change',
        fields: changes.map(({ field }) => field),
        changes,
      };
}

/** @returns whose a role is that is not ours: Vault says no more than whom it lets in. */
export function describeBinding(role: KubernetesAuthRole): string {
  const list = (values: readonly string[]) => values.join(', ') || 'nobody';
  return `somebody who bound it to ${list(
    role.boundServiceAccountNames,
  )} of ${list(role.boundServiceAccountNamespaces)}`;
}

/** A policy as it shall be, where the platform has one per service. */
export type WantedPolicy = { ref: ObjectRef; name: string; hcl: string };

/** @returns the first line of every policy that is ours: Vault keeps no other place for an owner. */
const policyMark = (service: ServiceRef) =>
  `# Managed by Meshway for ${formatServiceRef(service)}.`;

export function wantedPolicy(
  payload: KubernetesObject,
  service: ServiceRef,
): WantedPolicy {
  const { rules } = payload.spec as {
    rules: Array<{ path: string; capabilities: string[] }>;
  };
  const { name } = payload.metadata;
  const blocks = rules.map(
    ({ path, capabilities }) =>
      `path ${JSON.stringify(path)} {\n  capabilities = ${JSON.stringify(
        capabilities,
      )}\n}\n`,
  );
  return {
    ref: { ...kinds.VaultPolicy, name },
    name,
    hcl: `${policyMark(service)}\n${blocks.join('')}`,
  };
}

/** Whose a policy is that is not ours. */
export const describeMark = 'somebody; its first line does not name us';

export function isOurPolicy(hcl: string, service: ServiceRef): boolean {
  return hcl.startsWith(`${policyMark(service)}\n`);
}

export function decidePolicy(
  wanted: WantedPolicy,
  existing: string | undefined,
  service: ServiceRef,
): VaultDecision {
  if (existing === undefined) return { action: 'create' };
  if (!isOurPolicy(existing, service))
    return {
      action: 'conflict',
      conflicts: [{ with: describeMark }],
    };
  return existing.trim() === wanted.hcl.trim()
    ? { action: 'unchanged' }
    : { action: 'change', fields: ['policy'] };
}
