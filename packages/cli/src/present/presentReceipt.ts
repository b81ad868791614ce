import type {
  ProvisioningReceipt,
  ReceiptStep,
} from '@meshway/plugin-meshed-service-common';
import { below, line, nameOf } from './line';

const signs: Record<ReceiptStep['outcome'], string> = {
  created: '+',
  changed: '~',
  deleted: '-',
  unchanged: '=',
  absent: '=',
  left: '·',
  waiting: '…',
  committed: '+',
  proposed: '?',
};

const outcomes: Record<ProvisioningReceipt['outcome'], string> = {
  written: 'Done.',
  unchanged: 'There was nothing to do, and nothing was written.',
  partial:
    'Not finished: something waits for others, or was left; see above. Repeating finishes it.',
  proposed: 'Proposed; it holds once the change is merged.',
};

/** What was done, step by step. */
export function presentReceipt({
  service,
  owner,
  phase,
  steps,
  repository,
  restart,
  outcome,
}: ProvisioningReceipt): string {
  return [
    `${service} of ${owner}`,
    ...(phase
      ? [
          `  phase ${phase.from} → ${phase.to}${
            phase.reason ? `: ${phase.reason}` : ''
          }`,
          ...(phase.evidence
            ? [`  traffic ${phase.evidence.because} ${phase.evidence.source}`]
            : []),
        ]
      : []),
    ...steps.flatMap(presentStep),
    ...(repository
      ? [
          `  repository ${repository.name}, ${repository.branch} at ${
            repository.commit
          }${repository.change ? `\n  change ${repository.change}` : ''}`,
        ]
      : []),
    ...(restart
      ? [`  restart ${nameOf(restart.ref)}: ${restart.because}`]
      : []),
    outcomes[outcome],
  ].join('\n');
}

function presentStep(step: ReceiptStep): string[] {
  const { outcome, ref, fields, overrode, because } = step;
  return [
    line(
      signs[outcome],
      outcome,
      `${nameOf(ref)}${because ? `: ${because}` : ''}`,
    ),
    ...(outcome === 'changed' ? fields ?? [] : []).map(below),
    ...(overrode ?? []).map(({ with: by, field }) =>
      below(`${field ?? 'it'} was taken from ${by}`),
    ),
  ];
}
