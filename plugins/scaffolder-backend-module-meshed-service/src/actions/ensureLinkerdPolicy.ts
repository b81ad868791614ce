import type { StepServices } from '../step';
import { createEnsurePartAction } from './ensurePart';
import { examples } from './ensureLinkerdPolicy.examples';

/** Makes the Linkerd policies. */
export const createEnsureLinkerdPolicyAction = (services: StepServices) =>
  createEnsurePartAction(
    {
      part: 'linkerdPolicy',
      description:
        'Makes the Linkerd policies: who may call which port, authorizations before any Server that denies. In gitops Argo CD writes them, and this step says how far they are.',
      examples,
    },
    services,
  );
