import type { JsonObject } from '@backstage/types';
import {
  formatObjectRef,
  ProvisioningReceipt,
  ReceiptStep,
} from '@meshway/plugin-meshed-service-common';

/** What of a receipt belongs in the audit log: what was touched, by name, and whom it overrode. */
export function receiptFacts(receipt: ProvisioningReceipt): JsonObject {
  const { outcome, owner, delivery, steps, phase } = receipt;
  const touched = steps
    .filter(step => step.outcome !== 'unchanged' && step.outcome !== 'absent')
    .map(step => `${step.outcome} ${formatObjectRef(step.ref)}`);
  const overrode = overrodeIn(steps);
  return {
    outcome,
    owner,
    delivery,
    touched,
    ...(phase ? { phase } : {}),
    ...(overrode.length > 0 ? { overrode } : {}),
  };
}

/** @returns whose fields were taken by force. */
export function overrodeIn(steps: readonly ReceiptStep[]): string[] {
  return steps.flatMap(step =>
    (step.overrode ?? []).map(({ with: manager }) => manager),
  );
}
