import {
  formatObjectRef,
  ProvisioningReceipt,
  ReceiptStep,
} from '@meshway/plugin-meshed-service-common';

/** What a step gives to the steps and links after it when the backend has written. Plain JSON, without a secret. */
export type Provisioned = {
  service: string;
  entityRef: string;
  outcome: ProvisioningReceipt['outcome'] | 'notWritten';
  /** What was done to each object that is not as it was. */
  changes: string[];
  /** What waits for others, or was left, and why. */
  waits: string[];
  repository: string;
  repositoryUrl: string;
  changeUrl: string;
  /** Markdown. */
  receipt: string;
};

const isOpen = ({ outcome }: ReceiptStep) =>
  outcome === 'waiting' || outcome === 'left';
const isAsItWas = ({ outcome }: ReceiptStep) =>
  outcome === 'unchanged' || outcome === 'absent';

/** @returns whether something has to move before this can be finished. */
export const isWaiting = ({ steps }: ProvisioningReceipt) =>
  steps.some(({ outcome }) => outcome === 'waiting');

/** @returns a receipt in plain JSON, with a text for people. */
export function describeProvisioned(
  done: ProvisioningReceipt,
  entityRef: string,
): Provisioned {
  const changes = done.steps
    .filter(step => !isOpen(step) && !isAsItWas(step))
    .map(describeStep);
  const waits = done.steps.filter(isOpen).map(describeStep);
  const { phase, restart, repository } = done;
  const untouched = done.steps.filter(isAsItWas).length;
  return {
    service: done.service,
    entityRef,
    outcome: done.outcome,
    changes,
    waits,
    repository: repository?.name ?? '',
    repositoryUrl: repository?.html ?? '',
    changeUrl: repository?.change ?? '',
    receipt: [
      headline(done),
      ...(phase
        ? [
            `Phase \`${phase.from}\` → \`${phase.to}\`${
              phase.reason ? `, because: ${plain(phase.reason)}` : ''
            }.`,
            ...(phase.evidence
              ? [`Traffic: ${plain(phase.evidence.because)}`]
              : []),
          ]
        : []),
      ...listed('Done', changes),
      ...listed('Not done yet', waits),
      ...(untouched > 0 ? [`${untouched} as they were.`] : []),
      ...(restart
        ? [
            `Restart \`${formatObjectRef(restart.ref)}\`: ${plain(
              restart.because,
            )}`,
          ]
        : []),
      ...(repository
        ? [
            `Repository \`${repository.name}\`, branch \`${repository.branch}\`, commit \`${repository.commit}\`.`,
          ]
        : []),
      ...(repository?.change ? [`Review it: ${repository.change}`] : []),
      `By ${done.by}, ${done.at}.`,
    ].join('\n\n'),
  };
}

/** What a dry run says. */
export function notWritten(
  service: string,
  entityRef: string,
  would: string,
): Provisioned {
  return {
    service,
    entityRef,
    outcome: 'notWritten',
    changes: [],
    waits: [],
    repository: '',
    repositoryUrl: '',
    changeUrl: '',
    receipt: `Dry run: ${would} Nothing was asked or written.`,
  };
}

function headline({
  service,
  operation,
  outcome,
}: ProvisioningReceipt): string {
  if (outcome === 'proposed')
    return `Proposed a change of **${service}** for review.`;
  if (outcome === 'unchanged') return `**${service}** is as it was.`;
  const done = {
    ensure: `**${service}** is what was asked for`,
    phase: `**${service}** has moved`,
    retire: `**${service}** is retired`,
  }[operation];
  return outcome === 'partial' ? `${done}, but for what follows.` : `${done}.`;
}

function describeStep(step: ReceiptStep): string {
  const { system, ref, outcome, fields, overrode, because } = step;
  const from = overrode?.map(each => each.with).join(', ');
  return [
    `${outcome} ${formatObjectRef(ref)}`,
    ...(system === 'kubernetes' ? [] : [` in ${system}`]),
    ...(fields?.length ? [` (${fields.join(', ')})`] : []),
    ...(from ? [`, taken over from ${from}`] : []),
    ...(because ? [`: ${because}`] : []),
  ].join('');
}

function listed(title: string, lines: string[]): string[] {
  return lines.length > 0
    ? [`${title}:\n\n${lines.map(line => `- ${plain(line)}`).join('\n')}`]
    : [];
}

/** What people have written is shown as they wrote it, and never read as Markdown. */
function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&').replace(/\s+/g, ' ');
}
