import { saying } from '../kinds';
import { Check, degraded, ok, progressing } from './Check';

/** Argo CD has delivered what stands in the repository. */
export const deliveryIsInSync: Check = {
  code: 'MSC027',
  title: 'The cluster has what the repository says',
  restsOn: ['Application'],
  evaluate({ observation: { application } }) {
    if (!application) return undefined;
    const { ref, sync, operation, conditions, deleting } = application;
    if (deleting) {
      return progressing('The Argo CD application is being deleted.', {
        evidence: [{ ref, field: 'metadata.deletionTimestamp' }],
      });
    }
    const failed =
      operation?.phase === 'Failed' || operation?.phase === 'Error';
    const error = conditions.find(({ type }) => type.endsWith('Error'));
    if (failed || error) {
      const said = error ?? { message: operation?.message };
      return degraded(`Argo CD could not deliver${saying(said)}.`, {
        evidence: [
          { ref, field: error ? 'status.conditions' : 'status.operationState' },
        ],
        fix: 'Correct what Argo CD names, in the repository; it tries again by itself.',
      });
    }
    const evidence = [
      { ref, field: 'status.sync.status', ...(sync ? { value: sync } : {}) },
    ];
    switch (sync) {
      case 'Synced':
        return ok('Argo CD has delivered what stands in the repository.');
      case 'OutOfSync':
        return operation?.phase === 'Running'
          ? progressing('Argo CD is delivering.', { evidence })
          : degraded('The cluster differs from the repository.', {
              evidence,
              fix: 'Look in Argo CD at what differs, and synchronize; whatever was changed by hand is lost.',
            });
      case 'Unknown':
        return degraded('Argo CD cannot compare cluster and repository.', {
          evidence,
          fix: 'Look at the conditions of the application: most often the repository cannot be read.',
        });
      default:
        return progressing('Argo CD has not looked at the application yet.', {
          evidence,
        });
    }
  },
};
