import { Check, degraded, ok, progressing, share } from './Check';

/** Pods that are not ready get no traffic, so a verdict about them is a promise at best. */
export const podsAreReady: Check = {
  code: 'MSC002',
  title: 'Pods are ready',
  restsOn: ['Pod'],
  evaluate({ observation: { pods } }) {
    if (pods.length === 0) return undefined;
    const waiting = pods.filter(({ ready, deleting }) => !ready && !deleting);
    if (waiting.length === 0) return ok('All pods are ready.');
    const evidence = waiting.map(({ ref }) => ({
      ref,
      field: 'status.conditions',
    }));
    const message = `Not ready: ${share(waiting.length, pods.length, 'pod')}.`;
    return waiting.length < pods.length
      ? progressing(message, { evidence })
      : degraded(message, {
          evidence,
          fix: 'Look at the events and logs of the pods: no client is served.',
        });
  },
};
