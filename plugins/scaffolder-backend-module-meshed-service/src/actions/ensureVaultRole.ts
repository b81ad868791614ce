import type { StepServices } from '../step';
import { createEnsurePartAction } from './ensurePart';
import { examples } from './ensureVaultRole.examples';

/** Makes the Vault role that lets exactly the service's ServiceAccount read the service's own secrets. */
export const createEnsureVaultRoleAction = (services: StepServices) =>
  createEnsurePartAction(
    {
      part: 'vaultRole',
      description:
        "Makes the Vault role that lets exactly the service's ServiceAccount read the service's own secrets. It is written only once the namespace is seen with our record; waitSeconds says how long that is waited for.",
      examples,
    },
    services,
  );
