import { annotations, labels as labelKeys } from '../../model';
import type { KubernetesObject } from '../../model';
import { proxySettingsIn } from '../../mesh';
import { Origin, originOf, Owner, ownerOf, textsOf } from '../../mesh/readable';
import { conditionOf, conditionsIn } from './conditions';

/**
 * The kinds that make pods, by themselves or through each other.
 *
 * @public
 */
export const workloadKinds = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
] as const;
/** A kind that makes pods. @public */
export type WorkloadKind = (typeof workloadKinds)[number];

/**
 * Something that makes pods. Of ReplicaSets, Jobs and CronJobs nothing but metadata is known: they link pods to what they
 * belong to.
 *
 * @public
 */
export type PodController = Origin & {
  kind: WorkloadKind;
  /** The label that says which service it is of. */
  label: string | undefined;
  owner: Owner | undefined;
  /** What its pods will be made from; undefined where only metadata is known. */
  template:
    | {
        inject: string | undefined;
        proxySettings: ReadonlyMap<string, string>;
        hostNetwork: boolean;
      }
    | undefined;
  rollout: Rollout | undefined;
};

/** How far a new version of a workload has got. @public */
export type Rollout = {
  wanted: number;
  /** `underway` also before the controller has looked at the newest form. */
  state: 'done' | 'underway' | 'stuck';
  message?: string;
};

/** @returns the narrow form; every such object has one. */
export function podControllerFromKubernetes(
  object: KubernetesObject,
): PodController {
  const template = Object(Object(object.spec).template);
  const written = textsOf(Object(template.metadata).annotations);
  return {
    ...originOf(object),
    kind: object.kind as WorkloadKind,
    label: textsOf(object.metadata.labels).get(labelKeys.name),
    owner: ownerOf(object),
    template: template.spec
      ? {
          inject: written.get(annotations.linkerdInject),
          proxySettings: proxySettingsIn(written),
          hostNetwork: Object(template.spec).hostNetwork === true,
        }
      : undefined,
    rollout: rolloutOf(object),
  };
}

function rolloutOf(object: KubernetesObject): Rollout | undefined {
  const [spec, status] = [Object(object.spec), Object(object.status)];
  const seen = numberIn(status.observedGeneration);
  if (seen === undefined) return undefined;
  const daemons = numberIn(status.desiredNumberScheduled);
  const wanted =
    object.kind === 'DaemonSet' ? daemons ?? 0 : numberIn(spec.replicas) ?? 1;
  const updated =
    numberIn(status.updatedReplicas) ??
    numberIn(status.updatedNumberScheduled) ??
    0;
  const conditions = conditionsIn(status);
  const progress = conditionOf(conditions, 'Progressing');
  if (progress?.status === 'False') {
    const { message } = progress;
    return { wanted, state: 'stuck', ...(message ? { message } : {}) };
  }
  const generation = numberIn(object.metadata.generation) ?? seen;
  const older = (numberIn(status.replicas) ?? updated) > updated;
  const done = seen >= generation && updated >= wanted && !older;
  return { wanted, state: done ? 'done' : 'underway' };
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : undefined;
}
