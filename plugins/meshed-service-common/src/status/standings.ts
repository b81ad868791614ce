import {
  bypassesProxy,
  defaultPolicyOf,
  EffectivePolicy,
  inboundPolicy,
  parseDefaultPolicy,
  Pod,
} from '../mesh';
import { Observation, policyKinds, whyNotCurrent } from './Observation';
import { opensOf, rungOfDefault, rungOfPolicy } from './openings';
import { exactly, isLower, lower, lowest, Standing } from './Standing';

/** Where one port of one pod stands, and the policy that says so. */
export type PodPortStanding = {
  pod: Pod;
  policy: EffectivePolicy;
  standing: Standing;
};

/** @returns how every pod stands on a port. */
export function standingsOfPort(
  observation: Observation,
  port: number,
): PodPortStanding[] {
  const { pods, index, settings } = observation;
  return pods.map(pod => {
    const policy = inboundPolicy(pod, port, index, settings);
    const mesh = meshStanding(pod, observation);
    return {
      pod,
      policy,
      standing: lowest([
        mesh,
        bypassesProxy(pod, port)
          ? exactly('notMeshed')
          : policyStanding(policy, pod, observation),
      ]),
    };
  });
}

/** @returns where a port stands over all pods; between the ends of the ladder while there is none to judge by. */
export function standingOfPort(
  observation: Observation,
  standings: readonly PodPortStanding[],
): Standing {
  const podsUnknown = whyNotCurrent(observation, ['Pod']);
  if (standings.length === 0) {
    const because =
      podsUnknown ?? 'No pod of the service is there, so no policy is applied.';
    return { low: 'notMeshed', high: 'enforced', because };
  }
  const { low, high, because } = lowest(standings.map(each => each.standing));
  return podsUnknown
    ? { low: 'notMeshed', high, because: podsUnknown }
    : { low, high, ...(because ? { because } : {}) };
}

/**
 * Pods take their default policy when they are created. While that of the namespace is stricter, the verdict waits for the
 * restart.
 */
export function restartStanding(observation: Observation): Standing {
  const { namespace, pods, settings } = observation;
  const because = whyNotCurrent(observation, ['Namespace']);
  const rungs = pods
    .filter(({ proxy }) => proxy)
    .map(pod => rungOfDefault(defaultPolicyOf(pod, 0, settings)));
  if (rungs.length === 0) return exactly('enforced');
  const running = rungs.reduce(lower, 'enforced');
  const wanted = parseDefaultPolicy(namespace?.defaultInboundPolicy);
  const waits = wanted !== undefined && isLower(running, rungOfDefault(wanted));
  const high = waits ? running : 'enforced';
  return because ? { low: running, high, because } : exactly(high);
}

function meshStanding(pod: Pod, { pods }: Observation): Standing {
  if (!pod.proxy) {
    return exactly(
      pods.some(({ proxy }) => proxy) ? 'partiallyMeshed' : 'notMeshed',
    );
  }
  if (pod.proxy.identityDisabled) return exactly('identityUnhealthy');
  if (pod.phase === 'Running' && pod.proxy.ready === false) {
    return exactly('identityUnhealthy');
  }
  if (pod.proxy.ready === undefined && pod.phase !== 'Pending') {
    return {
      low: 'identityUnhealthy',
      high: 'enforced',
      because: 'A pod does not say whether its proxy is ready.',
    };
  }
  return exactly('enforced');
}

function policyStanding(
  policy: EffectivePolicy,
  pod: Pod,
  observation: Observation,
): Standing {
  const rung = rungOfPolicy(policy, pod);
  const serversUnknown = whyNotCurrent(observation, ['Server']);
  if (serversUnknown) {
    const stale = observation.freshness.Server.state === 'stale';
    return {
      low: 'opportunistic',
      high: stale ? rung : 'enforced',
      because: serversUnknown,
    };
  }
  if (policy.server.kind === 'default') return exactly(rung);
  const because = whyNotCurrent(observation, policyKinds);
  if (!because) return exactly(rung);
  const ownOpening = opensOf(policy, pod).some(
    ({ kind }) => kind === 'default',
  );
  return ownOpening && rung === 'opportunistic'
    ? exactly(rung)
    : { low: 'opportunistic', high: rung, because };
}
