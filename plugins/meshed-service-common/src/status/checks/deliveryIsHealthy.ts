import { Check, degraded, missing, ok, progressing } from './Check';

/** What Argo CD has delivered works. It has no opinion on the mesh: to it, every policy is healthy. */
export const deliveryIsHealthy: Check = {
  code: 'MSC028',
  title: 'What was delivered is healthy',
  restsOn: ['Application'],
  evaluate({ observation: { application } }) {
    if (!application || application.deleting) return undefined;
    const { ref, health } = application;
    const evidence = [
      {
        ref,
        field: 'status.health.status',
        ...(health ? { value: health } : {}),
      },
    ];
    switch (health) {
      case 'Healthy':
        return ok('Argo CD calls what it delivered healthy.');
      case 'Missing':
        return missing('Argo CD finds none of what it shall deliver.', {
          evidence,
          fix: 'Synchronize the application.',
        });
      case 'Degraded':
      case 'Suspended':
        return degraded(
          health === 'Degraded'
            ? 'Argo CD calls what it delivered degraded.'
            : 'Part of what Argo CD delivered is suspended.',
          { evidence, fix: 'Look in Argo CD at which object it is.' },
        );
      default:
        return progressing('Argo CD does not call it healthy yet.', {
          evidence,
        });
    }
  },
};
