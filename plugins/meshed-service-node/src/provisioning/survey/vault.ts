import { Problem } from '@meshway/plugin-meshed-service-common';
import { Vault } from '../../vault';
import {
  decidePolicy,
  decideRole,
  VaultDecision,
  WantedPolicy,
  WantedRole,
} from '../vaultRole';
import { Holder } from '../ownership';
import { Problems } from './problemOf';

/** What has to be done in Vault. */
export type VaultSurvey = { role?: VaultDecision; policy?: VaultDecision };

/** Looks at Vault: how it is, what we may do there, and what holds the names that we need. */
export async function surveyVault(
  vault: Vault | undefined,
  wanted: {
    role: WantedRole | undefined;
    policy: WantedPolicy | undefined;
    holder: Holder;
  },
  problems: Problems,
  signal?: AbortSignal,
): Promise<VaultSurvey> {
  const { role, policy, holder } = wanted;
  if (!role) return {};
  if (!vault) {
    problems.add({
      code: 'vault-not-configured',
      system: 'vault',
      message: 'The service asks for secrets, and no Vault is configured.',
      fix: 'Configure meshedService.vault, or ask for no secrets.',
    });
    return {};
  }
  const health = await problems.during('vault', () => vault.health({ signal }));
  if (!health) return {};
  const ill = healthProblem(health, vault.address);
  if (ill) {
    problems.add(ill);
    return {};
  }
  const paths = [
    `auth/${role.mount}/role/${role.name}`,
    ...(policy ? [`sys/policies/acl/${policy.name}`] : []),
  ];
  const [decidedRole, decidedPolicy, capabilities] = await Promise.all([
    problems.during('vault', async () =>
      decideRole(
        role,
        await vault.readRole(role.mount, role.name, { signal }),
        holder.service,
      ),
    ),
    policy &&
      problems.during('vault', async () =>
        decidePolicy(
          policy,
          await vault.readPolicy(policy.name, { signal }),
          holder.service,
        ),
      ),
    problems.during('vault', () => vault.capabilities(paths, { signal })),
  ]);
  if (capabilities)
    problems.add(...capabilityProblems(paths, capabilities, vault.address));
  for (const [decision, ref] of [
    [decidedRole, role.ref],
    [decidedPolicy, policy?.ref],
  ] as const) {
    if (decision?.action === 'conflict' && ref)
      problems.add({
        code: 'name-taken',
        system: 'vault',
        ref,
        message: `${ref.kind} ${ref.name} belongs to ${decision.conflicts?.[0].with}.`,
        fix: 'Ask whoever runs Vault about it; nothing of theirs is touched.',
      });
  }
  return {
    ...(decidedRole ? { role: decidedRole } : {}),
    ...(decidedPolicy ? { policy: decidedPolicy } : {}),
  };
}

export function healthProblem(
  health: { initialized: boolean; sealed: boolean },
  address: string,
): Problem | undefined {
  if (!health.initialized)
    return {
      code: 'vault-uninitialized',
      system: 'vault',
      message: `Vault at ${address} is not initialized.`,
      fix: 'Initialize and unseal it; then repeat.',
    };
  return health.sealed
    ? {
        code: 'vault-sealed',
        system: 'vault',
        message: `Vault at ${address} is sealed.`,
        fix: 'Unseal it; then repeat. What is done already is found again.',
      }
    : undefined;
}

/** To make it what is asked for, and to take it away again. */
const needed = ['create', 'delete', 'read', 'update'];

export function capabilityProblems(
  paths: readonly string[],
  capabilities: Readonly<Record<string, readonly string[]>>,
  address: string,
  wanted: readonly string[] = needed,
): Problem[] {
  return paths.flatMap(path => {
    const held = capabilities[path] ?? [];
    const missing = held.includes('root')
      ? []
      : wanted.filter(each => !held.includes(each));
    return missing.map(capability => ({
      code: 'vault-capability-missing',
      system: 'vault',
      message: `The token for Vault at ${address} may not ${capability} ${path}.`,
      fix: 'Give it the policy of infra/vault/portal.hcl.',
    }));
  });
}
