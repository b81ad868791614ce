import type { JsonObject } from '@backstage/types';
import {
  formatObjectRef,
  ProvisioningReceipt,
} from '@meshway/plugin-meshed-service-common';

/** What of a receipt belongs in the audit log: what was touched, by name, and whom it overrode. */
export function receiptFacts(receipt: ProvisioningReceipt): JsonObject {
  const { outcome, owner, delivery, steps, phase } = receipt;
  const touched = steps
    .filter(step => step.outcome !== 'unchanged' && step.outcome !== 'absent')
    .map(step => `${step.outcome} ${formatObjectRef(step.ref)}`);
  const overrode = steps.flatMap(step =>
    (step.overrode ?? []).map(({ with: manager }) => manager),
  );
  return {
    outcome,
    owner,
    delivery,
    touched,
    ...(phase ? { phase } : {}),
    ...(overrode.length > 0 ? { overrode } : {}),
  };
}
