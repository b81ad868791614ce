import { leftOut } from '@meshway/plugin-meshed-service-common';
import type { TakenSnapshot } from './takeSnapshot';

/** @returns what somebody should know who finds the folder, or is about to send it on. */
export function snapshotReadme({
  cluster,
  namespace,
  takenAt,
  objects,
  gaps,
}: TakenSnapshot): string {
  const where =
    namespace === undefined
      ? `cluster ${cluster}`
      : `namespace ${namespace} of cluster ${cluster}`;
  return [
    `# Snapshot of ${where}`,
    '',
    `Taken at ${takenAt} by \`meshway snapshot\`: ${objects.length} objects, with what the mTLS of services rests on. It answers as the cluster did:`,
    '',
    '```',
    'meshway status --snapshot .',
    'meshway policy effective --snapshot . --pod <namespace/name> --port <number>',
    '```',
    '',
    '## What it does not hold',
    '',
    ...leftOut.map(each => `- ${each}`),
    '',
    '## What it does hold, and you may want to look at',
    '',
    'Names and labels of workloads, their images, ports and addresses; policies with all that they say, the headers that routes set among it; what controllers say of their objects. Names of people and of repositories may stand in them.',
    '',
    '## What could not be read',
    '',
    ...(gaps.length === 0
      ? ['Nothing: every kind was read whole.']
      : gaps.map(
          ({ kind, freshness: { state, message } }) =>
            `- ${kind}: ${state === 'notInstalled' ? 'not installed' : state}${
              message ? `, ${message}` : ''
            }`,
        )),
    '',
  ].join('\n');
}
