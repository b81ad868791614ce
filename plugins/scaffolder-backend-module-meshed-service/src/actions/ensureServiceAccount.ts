import type { StepServices } from '../step';
import { createEnsurePartAction } from './ensurePart';
import { examples } from './ensureServiceAccount.examples';

/** Makes the ServiceAccount that is the service's identity, the owner's rights in the namespace, and its network policies. */
export const createEnsureServiceAccountAction = (services: StepServices) =>
  createEnsurePartAction(
    {
      part: 'serviceAccount',
      description:
        "Makes the ServiceAccount that is the service's identity, the owner's rights in the namespace, and its network policies. The namespace has to be there. In gitops Argo CD writes them, and this step says how far they are.",
      examples,
    },
    services,
  );
