import type { ServiceRef } from '../model';
import { labels } from '../model';
import { LabelSelector, Pod, selects, Workload } from '../mesh';
import type { Owner } from '../mesh/readable';
import type { PodController } from './kinds';

/** How a chain of owners is climbed: from a kind and a name to what stands there. @public */
export type FindController = (
  namespace: string,
  owner: Owner,
) => PodController | undefined;

/** Longer than any chain that a cluster makes; a chain that bites its own tail ends here, too. */
const longestChain = 5;

/**
 * @returns who stands at the top of a pod's chain of owners, as in Deployment of ReplicaSet of pod; the last one that is named
 *   where the chain goes on into the unknown, and undefined for a pod that nobody controls.
 *
 * @public
 */
export function topOwnerOf(pod: Pod, find: FindController): Owner | undefined {
  let top = pod.owner;
  for (let step = 0; top && step < longestChain; step++) {
    const found = find(pod.namespace, top);
    const next = found ? found.owner : deploymentOf(pod, top);
    if (!next) break;
    top = next;
  }
  return top;
}

/** The name of a Deployment's ReplicaSet ends with the hash that its pods carry: where it cannot be seen, that tells as much. */
function deploymentOf({ labels: own }: Pod, owner: Owner): Owner | undefined {
  const end = `-${own.get(labels.podTemplateHash) ?? ''}`;
  return owner.kind === 'ReplicaSet' &&
    end.length > 1 &&
    owner.name.endsWith(end)
    ? { kind: 'Deployment', name: owner.name.slice(0, -end.length) }
    : undefined;
}

/**
 * @returns the name under which a pod is found without anybody having asked for it: the label that names its workload, else
 *   the top of its chain of owners, else its own.
 *
 * @public
 */
export function serviceNameOf(pod: Pod, find: FindController): string {
  return pod.labels.get(labels.name) || topOwnerOf(pod, find)?.name || pod.name;
}

/**
 * @param selection - says which workloads are meant, where somebody has said so; undefined: by the label that our workloads
 *   carry, else by the name of what made them.
 * @returns whether a pod is of a service.
 */
export function belongsTo(
  pod: Pod,
  service: ServiceRef,
  find: FindController,
  selection?: LabelSelector,
): boolean {
  if (pod.namespace !== service.namespace) return false;
  return selection
    ? selects(selection, pod.labels)
    : serviceNameOf(pod, find) === service.name;
}

/** @returns whether a machine outside of the cluster is of a service. */
export function machineBelongsTo(
  machine: Workload,
  service: ServiceRef,
  selection?: LabelSelector,
): boolean {
  if (machine.namespace !== service.namespace) return false;
  return selection
    ? selects(selection, machine.labels)
    : (machine.labels.get(labels.name) || machine.name) === service.name;
}
