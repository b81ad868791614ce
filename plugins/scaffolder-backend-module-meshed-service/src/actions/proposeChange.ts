import { authorizeChange, StepServices } from '../step';
import { examples } from './proposeChange.examples';
import { createWritingAction } from './writingAction';

/** Proposes other answers for a service that exists. */
export const createProposeChangeAction = (services: StepServices) =>
  createWritingAction(
    {
      id: 'meshedService:change:propose',
      description:
        'Proposes other answers for a service that exists, as a change of the managed files for review. The files of the team stay as they are; a repeat updates the same change.',
      examples,
      verb: 'propose',
      authorize: (spec, initiator) =>
        authorizeChange(spec, initiator, services),
      write: (request, options) =>
        services.publishing.propose(request, options),
    },
    services,
  );
