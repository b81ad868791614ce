import type { KubernetesObject } from '../../model';
import { Origin, originOf } from '../../mesh/readable';
import { Condition, conditionsIn } from './conditions';

/** How a repository and a cluster compare. @public */
export const applicationSyncs = ['Synced', 'OutOfSync', 'Unknown'] as const;
/** How Argo CD finds what it delivered. @public */
export const applicationHealths = [
  'Healthy',
  'Progressing',
  'Degraded',
  'Suspended',
  'Missing',
  'Unknown',
] as const;
/** How far an operation of Argo CD is. @public */
export const operationPhases = [
  'Running',
  'Terminating',
  'Failed',
  'Error',
  'Succeeded',
] as const;

/**
 * What Argo CD says of an application.
 *
 * @public
 */
export type Application = Origin & {
  /** Namespace that it delivers to. */
  destination: string | undefined;
  /** Undefined: its controller has written nothing yet. */
  sync: (typeof applicationSyncs)[number] | undefined;
  health: (typeof applicationHealths)[number] | undefined;
  /** Of the last operation. */
  operation:
    | { phase: (typeof operationPhases)[number]; message?: string }
    | undefined;
  conditions: readonly Condition[];
  deleting: boolean;
};

/** @returns the narrow form; every Application has one. */
export function applicationFromKubernetes(
  object: KubernetesObject,
): Application {
  const status = Object(object.status);
  const { namespace } = Object(Object(object.spec).destination);
  const { phase, message } = Object(status.operationState);
  const known = oneOf(operationPhases, phase);
  return {
    ...originOf(object),
    destination: typeof namespace === 'string' ? namespace : undefined,
    sync: oneOf(applicationSyncs, Object(status.sync).status),
    health: oneOf(applicationHealths, Object(status.health).status),
    operation: known && {
      phase: known,
      ...(typeof message === 'string'
        ? { message: message.replace(/\s+/g, ' ').trim().slice(0, 300) }
        : {}),
    },
    // Those of Argo CD have no status: that one is there says it.
    conditions: conditionsIn({
      conditions: Array.isArray(status.conditions)
        ? status.conditions.map((each: unknown) => ({
            status: 'True',
            ...Object(each),
          }))
        : [],
    }),
    deleting: object.metadata.deletionTimestamp !== undefined,
  };
}

function oneOf<Choice extends string>(
  choices: readonly Choice[],
  value: unknown,
): Choice | undefined {
  return choices.find(choice => choice === value);
}
