import {
  annotations,
  kinds,
  MeshedServiceSpec,
  names,
  podFromKubernetes,
  workloadLabels,
} from '@meshway/plugin-meshed-service-common';
import { Kubernetes, ObservedKubernetesObject } from '../../kubernetes';

/** @returns the pods of a service, as the labels say that every workload of it carries. */
export function listWorkloadPods(
  spec: MeshedServiceSpec,
  kubernetes: Kubernetes,
  signal?: AbortSignal,
): Promise<ObservedKubernetesObject[]> {
  const [[label, value]] = Object.entries(workloadLabels(spec));
  return kubernetes.list(
    kinds.Pod,
    {
      namespace: names.namespace(spec),
      labelSelector: `${label}=${value}`,
    },
    { signal },
  );
}

/** Stands for a policy that nobody knows. */
export const UNREADABLE = 'unreadable';

/**
 * @returns the default policy that a pod's proxy started with; undefined where it has no proxy, or its proxy does not say; and
 *   `UNREADABLE` for what is not to be understood as a pod.
 */
export function defaultPolicyOf(
  object: ObservedKubernetesObject,
): string | undefined {
  const pod = podFromKubernetes(object);
  if (!('proxy' in pod)) return UNREADABLE;
  const { proxy, defaultInboundPolicy } = pod;
  return (
    proxy &&
    (proxy.defaultInboundPolicy ??
      defaultInboundPolicy ??
      object.metadata.annotations?.[annotations.linkerdDefaultInboundPolicy])
  );
}
