import {
  bypassesProxy,
  defaultPolicyOf,
  EffectivePolicy,
  inboundPolicy,
  isPod,
  networksAroundProxy,
  parseDefaultPolicy,
  Workload,
} from '../mesh';
import { Observation, policyKinds, whyNotCurrent } from './Observation';
import { opensOf, rungOfDefault, rungOfPolicy } from './openings';
import { exactly, isLower, lower, lowest, Standing } from './Standing';

/** Where one port of one workload stands, and the policy that says so. */
export type WorkloadStanding = {
  workload: Workload;
  policy: EffectivePolicy;
  standing: Standing;
};

/** What was found out about one observation: several checks ask the same of it. */
const known = new WeakMap<Observation, Map<number, WorkloadStanding[]>>();

/** @returns how every pod and every machine of a service stands on a port. */
export function standingsOfPort(
  observation: Observation,
  port: number,
): readonly WorkloadStanding[] {
  const ofPorts = known.get(observation) ?? new Map();
  known.set(observation, ofPorts);
  const before = ofPorts.get(port);
  if (before) return before;
  const { pods, externalWorkloads } = observation;
  const policyOf = policiesForAlike(observation, port);
  const found = [...pods, ...externalWorkloads].map(workload => {
    const policy = policyOf(workload);
    return {
      workload,
      policy,
      standing: lowest([
        meshStanding(workload, observation),
        aroundProxyStanding(workload, port),
        policyStanding(policy, workload, observation),
      ]),
    };
  });
  ofPorts.set(port, found);
  return found;
}

/** Where some go around the proxy nothing is enforced, though clients in the mesh still come with mTLS. */
function aroundProxyStanding(workload: Workload, port: number): Standing {
  if (!isPod(workload)) return exactly('enforced');
  if (bypassesProxy(workload, port)) return exactly('notMeshed');
  return exactly(
    networksAroundProxy(workload).length > 0 ? 'opportunistic' : 'enforced',
  );
}

/** Pods of one template are alike to policies: what was worked out for one holds for all. */
function policiesForAlike(
  { index, settings }: Observation,
  port: number,
): (workload: Workload) => EffectivePolicy {
  const asked: Array<{ workload: Workload; policy: EffectivePolicy }> = [];
  return workload => {
    const alike = asked.find(each => areAlike(each.workload, workload));
    if (alike) return alike.policy;
    const policy = inboundPolicy(workload, port, index, settings);
    asked.push({ workload, policy });
    return policy;
  };
}

/** The store lets equal parts be one part, so to be the same is enough; who does not share is asked one by one. */
function areAlike(a: Workload, b: Workload): boolean {
  return (
    a.kind === b.kind &&
    a.labels === b.labels &&
    a.ports === b.ports &&
    a.httpProbes === b.httpProbes &&
    a.opaquePorts === b.opaquePorts &&
    a.identityRequiredPorts === b.identityRequiredPorts &&
    a.defaultInboundPolicy === b.defaultInboundPolicy &&
    a.injectedInboundPolicy === b.injectedInboundPolicy &&
    isPod(a) &&
    isPod(b) &&
    a.bypassedPorts === b.bypassedPorts
  );
}

/** @returns where a port stands over all pods; between the ends of the ladder while there is none to judge by. */
export function standingOfPort(
  observation: Observation,
  standings: readonly WorkloadStanding[],
): Standing {
  const podsUnknown = whyNotCurrent(observation, ['Pod', 'ExternalWorkload']);
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
  const { namespace, settings } = observation;
  const meshed = observation.pods.filter(({ proxy }) => proxy);
  const namespaceUnknown = whyNotCurrent(observation, ['Namespace']);
  const wanted = parseDefaultPolicy(namespace?.defaultInboundPolicy);
  if (meshed.length === 0 || (!namespaceUnknown && !wanted)) {
    return exactly('enforced');
  }
  const running = meshed
    .map(pod => rungOfDefault(defaultPolicyOf(pod, 0, settings)))
    .reduce(lower, 'enforced');
  const defaultsUnknown = meshed
    .map(pod => whyDefaultUnknown(pod, observation))
    .find(each => each !== undefined);
  const waits = wanted !== undefined && isLower(running, rungOfDefault(wanted));
  const wasRead = observation.freshness.ConfigMap.state === 'stale';
  const high = waits && (!defaultsUnknown || wasRead) ? running : 'enforced';
  const because = namespaceUnknown ?? defaultsUnknown;
  return because
    ? { low: defaultsUnknown ? 'opportunistic' : running, high, because }
    : exactly(high);
}

/**
 * @returns why it cannot be said which default policy a workload is under: it has none of its own, so that of the installation
 *   holds, and what the installation says is not current.
 */
function whyDefaultUnknown(
  workload: Workload,
  observation: Observation,
): string | undefined {
  return parseDefaultPolicy(workload.defaultInboundPolicy)
    ? undefined
    : whyNotCurrent(observation, ['ConfigMap']);
}

function meshStanding(workload: Workload, { pods }: Observation): Standing {
  if (!isPod(workload)) return machineStanding(workload);
  const { proxy, phase } = workload;
  if (!proxy) {
    return exactly(
      pods.some(each => each.proxy) ? 'partiallyMeshed' : 'notMeshed',
    );
  }
  if (proxy.identityDisabled) return exactly('identityUnhealthy');
  if (phase === 'Running' && proxy.ready === false) {
    return exactly('identityUnhealthy');
  }
  if (proxy.ready === undefined && phase !== 'Pending') {
    return {
      low: 'identityUnhealthy',
      high: 'enforced',
      because: 'A pod does not say whether its proxy is ready.',
    };
  }
  return exactly('enforced');
}

/** Nothing in a cluster runs on a machine outside of it: whoever registered it may say that it is ready. */
function machineStanding(machine: Workload): Standing {
  return machine.ready
    ? exactly('enforced')
    : {
        low: 'notMeshed',
        high: 'enforced',
        because: `Nothing says whether the proxy of external workload ${machine.name} runs.`,
      };
}

function policyStanding(
  policy: EffectivePolicy,
  workload: Workload,
  observation: Observation,
): Standing {
  const rung = rungOfPolicy(policy, workload);
  const serversUnknown = whyNotCurrent(observation, ['Server']);
  if (serversUnknown) {
    const stale = observation.freshness.Server.state === 'stale';
    return {
      low: 'opportunistic',
      high: stale ? rung : 'enforced',
      because: serversUnknown,
    };
  }
  if (policy.server.kind === 'default') {
    const because = whyDefaultUnknown(workload, observation);
    const stale = observation.freshness.ConfigMap.state === 'stale';
    return because
      ? { low: 'opportunistic', high: stale ? rung : 'enforced', because }
      : exactly(rung);
  }
  const because = whyNotCurrent(observation, policyKinds);
  if (!because) return exactly(rung);
  const ownOpening = opensOf(policy, workload).some(
    ({ kind }) => kind === 'default',
  );
  return ownOpening && rung === 'opportunistic'
    ? exactly(rung)
    : { low: 'opportunistic', high: rung, because };
}
