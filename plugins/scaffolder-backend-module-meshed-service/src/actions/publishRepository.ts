import { authorizeCreate, StepServices } from '../step';
import { examples } from './publishRepository.examples';
import { createWritingAction } from './writingAction';

/** Makes a service: claims its name and publishes its repository. */
export const createPublishRepositoryAction = (services: StepServices) =>
  createWritingAction(
    {
      id: 'meshedService:repository:publish',
      description:
        'Claims the name of a service and publishes its repository, after asking the guardrails over exactly what it writes. A repeat of the same request changes nothing.',
      examples,
      verb: 'publish',
      authorize: (spec, initiator) =>
        authorizeCreate(spec, initiator, services),
      write: (request, options) =>
        services.publishing.publish(request, options),
    },
    services,
  );
