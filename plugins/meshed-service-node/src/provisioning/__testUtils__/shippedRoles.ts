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

/** @returns the rules of the roles that are shipped, those of one namespace where one is given. */
export function shippedRules(
  account: 'reader' | 'writer',
  kind: 'ClusterRole' | 'Role',
  namespace?: string,
): PolicyRule[] {
  return shipped(`infra/rbac/${account}.yaml`)
    .filter(
      each =>
        each.kind === kind &&
        (namespace === undefined || each.metadata.namespace === namespace),
    )
    .flatMap(
      role => (role as KubernetesObject & { rules?: PolicyRule[] }).rules ?? [],
    );
}

/** One right, on all objects or on those of one name: `get servers.policy.linkerd.io`, `list pods`. */
export type Right = {
  verb: string;
  group: string;
  resource: string;
  name?: string;
};

/** @returns every right once, however rules group them. */
export function rightsOf(rules: readonly PolicyRule[]): Right[] {
  const all = rules.flatMap(({ apiGroups, resources, verbs, resourceNames }) =>
    apiGroups.flatMap(group =>
      resources.flatMap(resource =>
        verbs.flatMap(verb =>
          resourceNames
            ? resourceNames.map(name => ({ verb, group, resource, name }))
            : [{ verb, group, resource }],
        ),
      ),
    ),
  );
  return [...new Map(all.map(right => [describeRight(right), right])).values()];
}

/** @returns a right, for people. */
export function describeRight({ verb, group, resource, name }: Right): string {
  return `${verb} ${resource}${group ? `.${group}` : ''}${
    name === undefined ? '' : ` ${name}`
  }`;
}

/** @returns rules that hold exactly these rights. */
export function rulesOf(rights: readonly Right[]): PolicyRule[] {
  return rights.map(({ verb, group, resource, name }) => ({
    apiGroups: [group],
    resources: [resource],
    verbs: [verb],
    ...(name === undefined ? {} : { resourceNames: [name] }),
  }));
}
