import { formatObjectRef } from '../../model';
import type { Unreadable } from '../../mesh';
import { policyKinds } from '../Observation';
import { portsOfService } from '../ports';
import { standingsOfPort } from '../standings';
import { Check, degraded, ok } from './Check';

/** What stands in the cluster is in force. A policy that Linkerd cannot use lets nobody in, and no status field says so. */
export const policiesTakeEffect: Check = {
  code: 'MSC007',
  title: 'Policies take effect',
  restsOn: [
    'Pod',
    'ExternalWorkload',
    ...policyKinds,
    'HTTPLocalRateLimitPolicy',
  ],
  evaluate({ spec, observation }) {
    const { index, unreadable } = observation;
    const { policies } = index;
    const ignored = new Map<string, Unreadable>();
    for (const each of [
      ...unreadable.filter(({ ref }) => ref.kind !== 'Pod'),
      ...policies.routes.flatMap(({ unusable }) => unusable ?? []),
      ...portsOfService(spec, observation)
        .flatMap(({ port }) => standingsOfPort(observation, port))
        .flatMap(({ policy }) => policy.ignored),
    ]) {
      ignored.set(`${formatObjectRef(each.ref)}: ${each.because}`, each);
    }
    if (ignored.size === 0) {
      const any =
        policies.servers.length +
          policies.authorizationPolicies.length +
          policies.serverAuthorizations.length >
        0;
      return any
        ? ok('Every policy that concerns the service can be used.')
        : undefined;
    }
    const list = [...ignored.values()];
    return degraded(
      list
        .map(
          ({ ref, because }) =>
            `${ref.kind} ${ref.name} has no effect: ${because}.`,
        )
        .join(' '),
      {
        evidence: list.map(({ ref }) => ({ ref })),
        fix: 'Correct or delete what is named here. A control plane that saw an earlier form of it may still apply that one until it restarts.',
      },
    );
  },
};
