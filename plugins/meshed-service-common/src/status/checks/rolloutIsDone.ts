import type { PodController } from '../kinds';
import { saying } from '../kinds';
import { Check, degraded, ok, progressing } from './Check';

/** The newest version of the workload runs everywhere. While it does not, findings about its pods speak of two versions. */
export const rolloutIsDone: Check = {
  code: 'MSC036',
  title: 'The rollout is done',
  restsOn: ['Deployment', 'StatefulSet', 'DaemonSet'],
  evaluate({ observation: { workloads } }) {
    const telling = workloads.filter(({ rollout }) => rollout);
    if (telling.length === 0) return undefined;
    const stuck = telling.filter(({ rollout }) => rollout?.state === 'stuck');
    if (stuck.length > 0) {
      return degraded(
        stuck
          .map(
            each =>
              `The rollout of ${named(each)} is stuck${saying(
                each.rollout ?? {},
              )}.`,
          )
          .join(' '),
        {
          evidence: stuck.map(({ ref }) => ({
            ref,
            field: 'status.conditions',
          })),
          fix: 'Look at the events of the newest pods: they do not start, or do not become ready.',
        },
      );
    }
    const underway = telling.filter(
      ({ rollout }) => rollout?.state === 'underway',
    );
    return underway.length > 0
      ? progressing(
          `A new version is being rolled out: ${underway
            .map(named)
            .join(', ')}.`,
          { evidence: underway.map(({ ref }) => ({ ref, field: 'status' })) },
        )
      : ok('The newest version runs everywhere.');
  },
};

function named({ kind, name }: PodController): string {
  return `${kind} ${name}`;
}
