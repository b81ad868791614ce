import type { StepServices } from '../step';
import { createEnsurePartAction } from './ensurePart';
import { examples } from './ensureNamespace.examples';

/** Makes the namespace of a service. */
export const createEnsureNamespaceAction = (services: StepServices) =>
  createEnsurePartAction(
    {
      part: 'namespace',
      description:
        "Makes the namespace of a service: claims its name for the owner, and sets injection, default policy, Pod Security and quota. Another's namespace is never adopted. In gitops Argo CD writes it, and this step says how far it is.",
      examples,
    },
    services,
  );
