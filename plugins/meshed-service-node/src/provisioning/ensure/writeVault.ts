import { ReceiptStep } from '@meshway/plugin-meshed-service-common';
import { Vault } from '../../vault';
import { Wanted } from '../context';
import { ProvisioningConflictError } from '../errors';
import { decidePolicy, decideRole, VaultDecision } from '../vaultRole';

/**
 * Writes policy and role. Called only once the namespace has been seen with our record: a role carries no owner, so it is the
 * namespace that says whose the service is. Each is read again right before it is written.
 */
export async function writeVault(
  vault: Vault,
  { role, policy, holder }: Wanted,
  signal?: AbortSignal,
): Promise<ReceiptStep[]> {
  const steps: ReceiptStep[] = [];
  if (policy) {
    signal?.throwIfAborted();
    const existing = await vault.readPolicy(policy.name, { signal });
    const decision = decidePolicy(policy, existing, holder.service);
    refuseConflict(decision, policy.ref.name);
    if (decision.action !== 'unchanged')
      await vault.writePolicy(policy.name, policy.hcl, { signal });
    steps.push(stepFrom(policy.ref, decision));
  }
  if (role) {
    signal?.throwIfAborted();
    const existing = await vault.readRole(role.mount, role.name, { signal });
    const decision = decideRole(role, existing, holder.service);
    refuseConflict(decision, role.ref.name);
    if (decision.action !== 'unchanged')
      await vault.writeRole(role.mount, role.name, role.role, { signal });
    steps.push(stepFrom(role.ref, decision));
  }
  return steps;
}

function refuseConflict({ action, conflicts }: VaultDecision, name: string) {
  if (action === 'conflict')
    throw new ProvisioningConflictError(
      `${name} in Vault belongs to ${conflicts?.[0].with}. Ask whoever runs Vault about it; nothing of theirs was touched.`,
    );
}

const outcomes = {
  create: 'created',
  change: 'changed',
  unchanged: 'unchanged',
  conflict: 'left',
} as const;

function stepFrom(
  ref: ReceiptStep['ref'],
  { action, fields }: VaultDecision,
): ReceiptStep {
  return {
    system: 'vault',
    ref,
    outcome: outcomes[action],
    ...(fields ? { fields } : {}),
  };
}
