import {
  formatObjectRef,
  KubernetesObject,
  labels,
  names,
  PlannedObject,
  refOf,
} from '@meshway/plugin-meshed-service-common';
import {
  Kubernetes,
  ObservedKubernetesObject,
  PermissionMissingError,
} from '../../kubernetes';
import { Wanted } from '../context';
import { isOurs } from '../ownership';
import { defaultPolicyOf, listWorkloadPods, UNREADABLE } from './workloadPods';

/** An object of ours that is no longer asked for. */
export type Removal = { object: ObservedKubernetesObject; plan: PlannedObject };

/** @returns what is ours in the namespace and no longer asked for, and what of it has to stay for now. */
export async function decideRemovals(
  wanted: Wanted,
  others: readonly ObservedKubernetesObject[],
  kubernetes: Kubernetes,
  signal?: AbortSignal,
): Promise<Removal[]> {
  const kept = new Set(
    wanted.objects.map(object => formatObjectRef(refOf(object))),
  );
  const unwanted = others.filter(
    object =>
      object.metadata.labels?.[labels.managedBy] === labels.managedByMeshway &&
      isOurs(object, wanted.holder) &&
      !kept.has(formatObjectRef(refOf(object))),
  );
  const guarding = unwanted.filter(object => guardsProxy(object, wanted));
  const because =
    guarding.length > 0
      ? await whyGuardStays(wanted, kubernetes, signal)
      : undefined;
  return unwanted.map(object => {
    const about = { system: 'kubernetes', ref: refOf(object) } as const;
    return {
      object,
      plan:
        because !== undefined && guarding.includes(object)
          ? { ...about, action: 'left', because }
          : { ...about, action: 'delete' },
    };
  });
}

/** What lets the kubelet and Prometheus reach the proxy's own port where pods deny by default. */
function guardsProxy(
  { metadata }: KubernetesObject,
  { spec }: Wanted,
): boolean {
  return [
    names.proxyAdmin(spec),
    names.proxyProbes(spec),
    names.proxyMetrics(spec),
    names.probeNetworks(spec),
  ].includes(metadata.name);
}

/**
 * A pod keeps the default policy that it started with. As long as one denies by default, what opens its proxy's port has to
 * stay, or Prometheus and with it all evidence would be cut off.
 */
async function whyGuardStays(
  { spec }: Wanted,
  kubernetes: Kubernetes,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    const pods = await listWorkloadPods(spec, kubernetes, signal);
    const denying = pods.filter(deniesByDefault);
    return denying.length === 0
      ? undefined
      : `${denying.length} of ${pods.length} pods were started in phase enforce and deny by default; repeat after a restart`;
  } catch (error) {
    if (!(error instanceof PermissionMissingError)) throw error;
    return 'the pods may not be listed, so that nobody knows whether they deny by default';
  }
}

function deniesByDefault(pod: ObservedKubernetesObject): boolean {
  return ['deny', UNREADABLE].includes(defaultPolicyOf(pod) ?? '');
}
