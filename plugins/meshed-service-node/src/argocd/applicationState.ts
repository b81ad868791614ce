import { refOf } from '@meshway/plugin-meshed-service-common';
import { oneLine } from '../http';
import type { ObservedKubernetesObject } from '../kubernetes';
import type { ApplicationState } from './ArgoCd';

const syncs = ['Synced', 'OutOfSync'] as const;
const healths = [
  'Healthy',
  'Progressing',
  'Degraded',
  'Suspended',
  'Missing',
] as const;

/** @returns how an application is, by what its controller wrote last; `Unknown` where it has written nothing yet. */
export function applicationStateFrom(
  object: ObservedKubernetesObject,
): ApplicationState {
  const status = Object(object.status);
  const revision = revisionOf(status);
  return {
    ref: refOf(object),
    uid: object.metadata.uid,
    sync: oneOf(syncs, Object(status.sync).status),
    health: oneOf(healths, Object(status.health).status),
    ...(revision === undefined ? {} : { revision }),
    messages: messagesOf(status),
    terminating: object.metadata.deletionTimestamp !== undefined,
  };
}

/** The last entry of the history; `sync.revision` is only what was compared, and may never have been written. */
function revisionOf(status: Record<string, unknown>): string | undefined {
  const history = Array.isArray(status.history) ? status.history : [];
  const { revision } = Object(history.at(-1));
  return typeof revision === 'string' && revision !== '' ? revision : undefined;
}

function messagesOf(status: Record<string, unknown>): string[] {
  const conditions = Array.isArray(status.conditions) ? status.conditions : [];
  const { phase, message } = Object(status.operationState);
  return [
    ...conditions.map(each => {
      const condition = Object(each);
      return `${condition.type}: ${condition.message}`;
    }),
    ...(['Failed', 'Error'].includes(phase) && message
      ? [`Synchronization ${phase}: ${message}`]
      : []),
  ].map(each => oneLine(each));
}

function oneOf<Choice extends string>(
  choices: readonly Choice[],
  value: unknown,
): Choice | 'Unknown' {
  return choices.find(choice => choice === value) ?? 'Unknown';
}
