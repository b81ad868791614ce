import {
  kinds,
  names,
  ObjectRef,
  PlannedObject,
  Platform,
  ReceiptStep,
  ServiceRef,
} from '@meshway/plugin-meshed-service-common';
import { Vault, VaultOptions } from '../vault';
import {
  describeBinding,
  describeMark,
  isOurPolicy,
  isOurRole,
} from './vaultRole';

/** What Vault keeps, or may keep, under a name that follows from a service. */
export type VaultEntry = {
  ref: ObjectRef;
  /** As capabilities are asked about. */
  path: string;
  /** @returns undefined where there is nothing; `foreign` says whose it is, when it is not ours. */
  read(options: VaultOptions): Promise<{ foreign?: string } | undefined>;
  remove(options: VaultOptions): Promise<void>;
};

/** An entry that is there and not asked for, and what becomes of it. */
export type VaultRemoval = { entry: VaultEntry; plan: PlannedObject };

/** @returns the role of a service, and where each has its own, the policy; in the order in which they are deleted. */
export function vaultEntries(
  vault: Vault,
  service: ServiceRef,
  platform: Platform,
): VaultEntry[] {
  const { authMount: mount, policyPerService } = platform.vault;
  const role = names.vaultRole(service);
  const policy = names.vaultPolicy(service, platform);
  return [
    {
      ref: { ...kinds.VaultRole, name: `${mount}/${role}` },
      path: `auth/${mount}/role/${role}`,
      async read(options) {
        const found = await vault.readRole(mount, role, options);
        if (!found) return undefined;
        return isOurRole(found, service)
          ? {}
          : { foreign: describeBinding(found) };
      },
      remove: options => vault.deleteRole(mount, role, options),
    },
    ...(policyPerService
      ? [
          {
            ref: { ...kinds.VaultPolicy, name: policy },
            path: `sys/policies/acl/${policy}`,
            async read(options: VaultOptions) {
              const found = await vault.readPolicy(policy, options);
              if (found === undefined) return undefined;
              return isOurPolicy(found, service)
                ? {}
                : { foreign: describeMark };
            },
            remove: (options: VaultOptions) =>
              vault.deletePolicy(policy, options),
          },
        ]
      : []),
  ];
}

/** Looks which of the entries are there. What is not ours stays, and is named. */
export async function decideVaultRemovals(
  entries: readonly VaultEntry[],
  options: VaultOptions,
): Promise<VaultRemoval[]> {
  const decided = await Promise.all(
    entries.map(async (entry): Promise<VaultRemoval[]> => {
      const found = await entry.read(options);
      return found ? [{ entry, plan: planOf(entry, found) }] : [];
    }),
  );
  return decided.flat();
}

function planOf(
  { ref }: VaultEntry,
  { foreign }: { foreign?: string },
): PlannedObject {
  return {
    system: 'vault',
    ref,
    ...(foreign === undefined
      ? { action: 'delete' }
      : { action: 'left', because: `it belongs to ${foreign}` }),
  };
}

/**
 * Deletes what is ours, each read again right before: since all systems were asked, a wait may have passed in which somebody
 * made it his own. Vault deletes by name alone, so that nothing is closer than this.
 *
 * @param seen - what was planned: what was to go and is gone already, is said to be absent.
 */
export async function removeFromVault(
  entries: readonly VaultEntry[],
  seen: readonly VaultRemoval[],
  {
    signal,
    onStep,
  }: { signal?: AbortSignal; onStep?: (step: string) => void } = {},
): Promise<ReceiptStep[]> {
  const steps: ReceiptStep[] = [];
  for (const entry of entries) {
    const { ref } = entry;
    signal?.throwIfAborted();
    const [found] = await decideVaultRemovals([entry], { signal });
    if (found?.plan.action === 'delete') {
      onStep?.(`Deleting ${ref.kind} ${ref.name}`);
      await entry.remove({ signal });
      steps.push({ system: 'vault', ref, outcome: 'deleted' });
    } else if (found) steps.push(leftStep(found));
    else if (seen.some(({ plan }) => plan.ref.kind === ref.kind))
      steps.push({ system: 'vault', ref, outcome: 'absent' });
  }
  return steps;
}

/** @returns how a receipt names what stays. */
export function leftStep({
  plan: { ref, because },
}: VaultRemoval): ReceiptStep {
  return {
    system: 'vault',
    ref,
    outcome: 'left',
    ...(because ? { because } : {}),
  };
}
