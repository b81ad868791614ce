import {
  formatServiceRef,
  KubernetesObject,
  kinds,
  names,
  Problem,
  ServiceRef,
  Stamp,
} from '@meshway/plugin-meshed-service-common';
import { readClaimedStamp } from '../../registry';
import { Vault } from '../../vault';
import { ProvisioningParts } from '../context';
import { decideVaultRemovals, VaultEntry, VaultRemoval } from '../vaultEntries';
import { Problems } from './problemOf';
import { capabilityProblems, healthProblem } from './vault';

/** Looks how Vault is, which entries are there, and whether those of ours may be deleted: named before anything is written. */
export async function surveyVaultRemovals(
  vault: Vault,
  entries: readonly VaultEntry[],
  problems: Problems,
  signal?: AbortSignal,
): Promise<VaultRemoval[]> {
  const found = await problems.during('vault', async () => {
    const ill = healthProblem(await vault.health({ signal }), vault.address);
    if (!ill) return decideVaultRemovals(entries, { signal });
    problems.add(ill);
    return [];
  });
  await surveyDeletion(vault, found ?? [], problems, signal);
  return found ?? [];
}

/** How long a Vault is waited for that most likely holds nothing. */
const PATIENCE_MS = 5_000;

/** @returns what is there; undefined where Vault is away, closed, or will not tell. */
export async function whileItAnswers(
  entries: readonly VaultEntry[],
  signal: AbortSignal | undefined,
): Promise<VaultRemoval[] | undefined> {
  const limit = AbortSignal.timeout(PATIENCE_MS);
  try {
    return await decideVaultRemovals(entries, {
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

/** Asks whether what is to go may be read and deleted; nothing is asked where nothing is to go. */
export async function surveyDeletion(
  vault: Vault,
  removals: readonly VaultRemoval[],
  problems: Problems,
  signal?: AbortSignal,
): Promise<void> {
  const paths = removals
    .filter(({ plan }) => plan.action === 'delete')
    .map(({ entry }) => entry.path);
  if (paths.length === 0) return;
  await problems.during('vault', async () => {
    const held = await vault.capabilities(paths, { signal });
    problems.add(
      ...capabilityProblems(paths, held, vault.address, ['delete', 'read']),
    );
  });
}

/** @returns the first of some objects by which something in the namespace logs in to Vault as the service. */
export function loginOf<Each extends KubernetesObject>(
  objects: readonly Each[],
  service: ServiceRef,
): Each | undefined {
  const role = names.vaultRole(service);
  return objects.find(object => {
    if (object.kind === kinds.VaultAuth.kind)
      return within(object.spec, 'kubernetes', 'role') === role;
    // The agent injector is asked by the pods of a workload; the pods carry what their template does.
    const template = within(object.spec, 'template', 'metadata', 'annotations');
    return [Object(template), object.metadata.annotations ?? {}].some(
      all => all[AGENT_ROLE] === role,
    );
  });
}

const AGENT_ROLE = 'vault.hashicorp.com/role';

function within(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce((inner, key) => Object(inner)[key], value);
}

/** @returns the stamp of the service, where a forge is at hand and it can be read. */
export async function stampOf(
  service: ServiceRef,
  { publishing }: Pick<ProvisioningParts, 'publishing'>,
): Promise<Stamp | undefined> {
  const claim = await publishing?.registry.readClaim(service);
  if (!publishing || !claim) return undefined;
  // Where a stamp is broken, others say so; here it only is no proof.
  return readClaimedStamp(publishing.forge, claim).catch(() => undefined);
}

/** What of the service would stay in Vault for good, and why one believes that something is there. */
export function unreachableRole(service: ServiceRef, because: string): Problem {
  return {
    code: 'vault-not-configured',
    system: 'vault',
    message: `No Vault is configured, so role ${names.vaultRole(
      service,
    )} would stay: ${because} that ${formatServiceRef(
      service,
    )} logs in to Vault.`,
    fix: 'Configure meshedService.vault; then repeat.',
  };
}
