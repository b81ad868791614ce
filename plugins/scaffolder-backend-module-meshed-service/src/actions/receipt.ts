import type { Receipt } from '@meshway/plugin-meshed-service-node';

/** What a writing step gives to the steps and links after it. Plain JSON, without a secret: it stands in the database. */
export type StepReceipt = {
  service: string;
  entityRef: string;
  outcome: Receipt['outcome'] | 'notWritten';
  repository: string;
  repositoryUrl: string;
  cloneUrl: string;
  branch: string;
  commit: string;
  changeId: string;
  changeUrl: string;
  /** Markdown. */
  receipt: string;
};

/** @returns a receipt in plain JSON, with a text for people. */
export function describeReceipt(done: Receipt, entityRef: string): StepReceipt {
  const team = done.files.filter(file => file.ownership === 'team').length;
  const words = {
    created: `Created **${done.service}**: ${
      done.files.length - team
    } files that Meshway manages, ${team} that the team owns.`,
    unchanged: `**${done.service}** is unchanged: it exists with exactly these answers.`,
    proposed: `Proposed a change of **${done.service}** for review.`,
    changed: `Changed **${done.service}** on its branch.`,
  };
  const { change } = done;
  return {
    service: done.service,
    entityRef,
    outcome: done.outcome,
    repository: done.repository,
    repositoryUrl: done.html,
    cloneUrl: done.clone,
    branch: done.branch,
    commit: done.commit,
    changeId: change?.id ?? '',
    changeUrl: change?.url ?? '',
    receipt: [
      words[done.outcome],
      `Repository \`${done.repository}\`, branch \`${done.branch}\`, commit \`${done.commit}\`.`,
      ...(change ? [`Review it: ${change.url}`] : []),
      `Clone it: \`git clone ${done.clone}\``,
    ].join('\n\n'),
  };
}

/** @returns the receipt for a log, which shows no Markdown. */
export function asPlainLines({ receipt }: StepReceipt): string[] {
  return receipt.replace(/[*`]/g, '').split('\n\n');
}
