import type { StepServices } from '../step';
import { createEnsurePartAction } from './ensurePart';
import { examples } from './ensureArgoApplication.examples';

/** Makes the Argo CD application of a service, or, in gitops, its repository and the registration by which Argo CD finds it. */
export const createEnsureArgoApplicationAction = (services: StepServices) =>
  createEnsurePartAction(
    {
      part: 'argoApplication',
      description:
        'Makes the Argo CD application of a service, or, in gitops, its repository and the registration by which Argo CD finds it.',
      examples,
    },
    services,
  );
