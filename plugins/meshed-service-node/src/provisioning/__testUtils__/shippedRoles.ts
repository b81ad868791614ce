import type {
  KubernetesObject,
  PolicyRule,
} from '@meshway/plugin-meshed-service-common';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** Root of the checkout. */
export const checkout = resolve(__dirname, '../../../../..');

/** @returns the objects of a file that is shipped. */
export function shipped(file: string): KubernetesObject[] {
  return parseAllDocuments(readFileSync(resolve(checkout, file), 'utf8')).map(
    document => document.toJS(),
  );
}

/** @returns the rules of a role that is shipped. */
export function shippedRules(
  account: 'reader' | 'writer',
  kind: 'ClusterRole' | 'Role',
): PolicyRule[] {
  const role = shipped(`infra/rbac/${account}.yaml`).find(
    each => each.kind === kind,
  );
  return (
    (role as (KubernetesObject & { rules?: PolicyRule[] }) | undefined)
      ?.rules ?? []
  );
}

/** One right: `get servers.policy.linkerd.io`, `list pods`. */
export type Right = { verb: string; group: string; resource: string };

/** @returns every right once, however rules group them. */
export function rightsOf(rules: readonly PolicyRule[]): Right[] {
  const all = rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap(group =>
      resources.flatMap(resource =>
        verbs.map(verb => ({ verb, group, resource })),
      ),
    ),
  );
  return [...new Map(all.map(right => [describeRight(right), right])).values()];
}

/** @returns a right, for people. */
export function describeRight({ verb, group, resource }: Right): string {
  return `${verb} ${resource}${group ? `.${group}` : ''}`;
}

/** @returns rules that hold exactly these rights. */
export function rulesOf(rights: readonly Right[]): PolicyRule[] {
  return rights.map(({ verb, group, resource }) => ({
    apiGroups: [group],
    resources: [resource],
    verbs: [verb],
  }));
}
