/** Last line of the message of every commit that a proposed change is made of; others' commits do not carry it. */
const TRAILER = 'Meshway-Change';

/** @returns the message of a commit on a branch that proposes a change. */
export function changeMessage(message: string, branch: string): string {
  return `${message.trimEnd()}\n\n${TRAILER}: ${branch}\n`;
}

/** Whether a commit was made by proposing on that branch, and not by somebody who added to it. */
export function isChangeMessage(message: string, branch: string): boolean {
  return message.trimEnd().endsWith(`\n${TRAILER}: ${branch}`);
}
