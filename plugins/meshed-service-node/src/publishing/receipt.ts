import {
  formatServiceRef,
  serviceRefOf,
  Stamp,
} from '@meshway/plugin-meshed-service-common';
import { Forge, ProposedChange } from '../forge';
import { Receipt } from './MeshedServicePublishing';

/** @returns what a write did, for logs, outputs and people. */
export function receiptOf(
  forge: Forge,
  stamp: Stamp,
  commit: string,
  outcome: Receipt['outcome'],
  change?: ProposedChange,
): Receipt {
  const { repository, revision } = stamp.spec.delivery;
  return {
    service: formatServiceRef(serviceRefOf(stamp.spec)),
    outcome,
    repository,
    branch: change?.branch ?? revision,
    commit,
    html: forge.sourceUrl(repository, revision),
    clone: forge.addressOf(repository).clone,
    files: stamp.status.files,
    ...(change ? { change } : {}),
  };
}
