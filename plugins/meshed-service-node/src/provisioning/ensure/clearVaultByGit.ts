import {
  formatObjectRef,
  ReceiptStep,
  refOf,
} from '@meshway/plugin-meshed-service-common';
import { ProvisioningCluster, ProvisioningParts } from '../context';
import { ProvisioningOptions } from '../MeshedServiceProvisioning';
import { waitUntilGone } from '../retire/waitUntilGone';
import { LeftInVault } from '../survey/leftInVault';
import { leftStep, removeFromVault } from '../vaultEntries';

/**
 * Takes a role away that is no longer asked for, once Argo CD has taken away what logs in by it: until then a pod may still
 * need it.
 */
export async function clearVaultByGit(
  { removals, login }: LeftInVault,
  parts: ProvisioningParts,
  { kubernetes }: ProvisioningCluster,
  options: ProvisioningOptions,
): Promise<ReceiptStep[]> {
  const isToGo = removals.some(({ plan }) => plan.action === 'delete');
  if (!isToGo) return removals.map(leftStep);
  if (login) {
    const ref = refOf(login);
    const name = formatObjectRef(ref);
    options.onStep?.(`Waiting for Argo CD to take ${name} away`);
    const { uid } = login.metadata;
    const waiting = { parts, kubernetes, options };
    if (!(await waitUntilGone(ref, uid, waiting)))
      return removals.map(removal =>
        removal.plan.action === 'delete'
          ? {
              ...leftStep(removal),
              outcome: 'waiting',
              because: `Argo CD has not taken ${name} away yet, which logs in by it; repeat it, or let verify wait`,
            }
          : leftStep(removal),
      );
  }
  const entries = removals.map(({ entry }) => entry);
  return removeFromVault(entries, removals, options);
}
