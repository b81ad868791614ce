import { formatObjectRef, refOf } from '@meshway/plugin-meshed-service-common';
import { ObservedKubernetesObject } from '../../kubernetes';
import { Vault } from '../../vault';
import { ProvisioningParts, Wanted } from '../context';
import { isOurs } from '../ownership';
import { vaultEntries, VaultRemoval } from '../vaultEntries';
import { Problems } from './problemOf';
import { Live } from './readLive';
import {
  loginOf,
  stampOf,
  surveyDeletion,
  surveyVaultRemovals,
  unreachableRole,
  whileItAnswers,
} from './vaultRemovals';

/** What is in Vault of a service that asks for no secrets. */
export type LeftInVault = {
  removals: VaultRemoval[];
  /** Logs in by the role still: what Argo CD has to take away first. */
  login?: ObservedKubernetesObject;
  /** Vault did not answer, and nothing says that it would have had something to tell. */
  unseen?: true;
};

const nothing: LeftInVault = { removals: [] };

/**
 * A service that asks for no secrets has no role: one that is there was asked for before. Vault itself is the best witness,
 * so it is asked once, as soon as the namespace is ours. Where it does not answer, that stands in the way only if something
 * else says that there were secrets: an object in the namespace that logs in, or the stamp of before. All others need no
 * Vault.
 */
export async function surveyLeftInVault(
  { role, holder }: Wanted,
  { namespace, others }: Pick<Live, 'namespace' | 'others'>,
  parts: Pick<ProvisioningParts, 'platform' | 'publishing'>,
  vault: Vault | undefined,
  problems: Problems,
  signal?: AbortSignal,
): Promise<LeftInVault> {
  if (role || !namespace || !isOurs(namespace, holder)) return nothing;
  const { service } = holder;
  const login = loginOf(
    others.filter(object => isOurs(object, holder)),
    service,
  );
  if (!vault) {
    if (login)
      problems.add(
        unreachableRole(service, `${formatObjectRef(refOf(login))} says`),
      );
    return nothing;
  }
  const entries = vaultEntries(vault, service, parts.platform);
  if (!login) {
    const removals = await whileItAnswers(entries, signal);
    if (removals) {
      await surveyDeletion(vault, removals, problems, signal);
      return { removals };
    }
    const stamp = await stampOf(service, parts);
    if (!stamp || stamp.spec.secrets.delivery === 'none')
      return { ...nothing, unseen: true };
  }
  const removals = await surveyVaultRemovals(vault, entries, problems, signal);
  return { removals, ...(login ? { login } : {}) };
}
