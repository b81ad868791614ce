import {
  formatObjectRef,
  formatServiceRef,
  refOf,
} from '@meshway/plugin-meshed-service-common';
import { ObservedKubernetesObject } from '../../kubernetes';
import { ProvisioningCluster, ProvisioningParts } from '../context';
import { Holder, isOurs } from '../ownership';
import { Problems } from '../survey/problemOf';
import {
  loginOf,
  stampOf,
  surveyVaultRemovals,
  unreachableRole,
  whileItAnswers,
} from '../survey/vaultRemovals';
import { VaultEntry, vaultEntries, VaultRemoval } from '../vaultEntries';

/** What a retirement finds in Vault. */
export type RetiredFromVault = {
  removals: VaultRemoval[];
  /** What may be deleted if it is ours when its turn comes; nothing where nobody says whose the name is. */
  entries: VaultEntry[];
};

/** What was seen of the service elsewhere. */
type Seen = {
  namespace: ObservedKubernetesObject | undefined;
  application: ObservedKubernetesObject | undefined;
  /** Everything in the namespace, whoever made it. */
  objects: readonly ObservedKubernetesObject[];
};

const nothing: RetiredFromVault = { removals: [], entries: [] };

/**
 * Roles have no owner on them. Whose a name in Vault is, the namespace says, or the application; where both are gone, perhaps
 * by hand, the claim that the registry holds until all is gone.
 */
export async function surveyVault(
  holder: Holder,
  seen: Seen,
  parts: ProvisioningParts,
  { vault }: ProvisioningCluster,
  problems: Problems,
  signal?: AbortSignal,
): Promise<RetiredFromVault> {
  const { service } = holder;
  if (!(await isProven(holder, seen, parts))) {
    // A namespace of others is a problem of its own.
    if (!vault || seen.namespace) return nothing;
    const entries = vaultEntries(vault, service, parts.platform);
    return { entries: [], removals: await unproven(entries, holder, signal) };
  }
  if (!vault) {
    const login = loginOf(seen.objects, service);
    const stamp = login ? undefined : await stampOf(service, parts);
    if (login)
      problems.add(
        unreachableRole(service, `${formatObjectRef(refOf(login))} says`),
      );
    else if (stamp && stamp.spec.secrets.delivery !== 'none')
      problems.add(
        unreachableRole(service, 'the stamp in its repository says'),
      );
    return nothing;
  }
  const entries = vaultEntries(vault, service, parts.platform);
  return {
    entries,
    removals: await surveyVaultRemovals(vault, entries, problems, signal),
  };
}

async function isProven(
  holder: Holder,
  { namespace, application }: Seen,
  { publishing }: ProvisioningParts,
): Promise<boolean> {
  if (namespace) return isOurs(namespace, holder);
  if (application && isOurs(application, holder)) return true;
  const claim = await publishing?.registry.readClaim(holder.service);
  return claim?.owner === holder.owner;
}

/**
 * What may be of the service is named, and left; what is of others does not concern anybody here. Where Vault is away,
 * nothing can be named, and nothing was to be done.
 */
async function unproven(
  entries: readonly VaultEntry[],
  { service, owner }: Holder,
  signal: AbortSignal | undefined,
): Promise<VaultRemoval[]> {
  const found = await whileItAnswers(entries, signal);
  const name = formatServiceRef(service);
  const because = `neither namespace nor application nor registry says that ${name} is of ${owner}; delete it by hand if it is`;
  return (found ?? []).flatMap(({ entry, plan }) =>
    plan.action === 'delete'
      ? [{ entry, plan: { ...plan, action: 'left', because } }]
      : [],
  );
}
