import { InputError } from '@backstage/errors';
import type { KubernetesAuthRole } from './Vault';

/**
 * @returns a role as Vault takes it. Lists go as text: only text is compared with the patterns of a policy in every version,
 *   so only then does the portal's policy (`infra/vault`) see a wildcard.
 */
export function roleToVault(role: KubernetesAuthRole): object {
  return {
    bound_service_account_names: listed(role.boundServiceAccountNames),
    bound_service_account_namespaces: listed(
      role.boundServiceAccountNamespaces,
    ),
    audience: role.audience,
    alias_name_source: role.aliasNameSource,
    token_policies: listed(role.tokenPolicies),
    token_ttl: role.tokenTtlSeconds,
    token_max_ttl: role.tokenMaxTtlSeconds,
  };
}

/** @returns a role as Vault gave it, with lists sorted and times in seconds. */
export function roleFromVault(json: unknown): KubernetesAuthRole {
  const role = Object(Object(json).data);
  const selector = text(role.bound_service_account_namespace_selector);
  return {
    boundServiceAccountNames: list(role.bound_service_account_names),
    boundServiceAccountNamespaces: [
      ...list(role.bound_service_account_namespaces),
      // Whom a selector lets in is not known here; that there is one has to be seen.
      ...(selector ? [`selected by ${selector}`] : []),
    ],
    audience: text(role.audience),
    tokenPolicies: list(role.token_policies),
    tokenTtlSeconds: seconds(role.token_ttl),
    tokenMaxTtlSeconds: seconds(role.token_max_ttl),
    aliasNameSource:
      role.alias_name_source === 'serviceaccount_name'
        ? 'serviceaccount_name'
        : 'serviceaccount_uid',
  };
}

function listed(values: readonly string[]): string {
  const several = values.find(value => value.includes(','));
  if (several !== undefined)
    throw new InputError(
      `${JSON.stringify(
        several.slice(0, 80),
      )} cannot stand in a role of Vault, which takes what is between commas for names of their own; write one name without a comma`,
    );
  return sorted(values).join(',');
}

function sorted(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function list(value: unknown): string[] {
  return sorted(
    (Array.isArray(value) ? value : []).filter(
      (each): each is string => typeof each === 'string',
    ),
  );
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function seconds(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
