import { digestOf, toYaml } from '@meshway/plugin-meshed-service-common';
import { Files } from '../forge';
import { renderSkeleton, Skeleton, skeletonValues } from '../skeleton';
import { differenceOf, ExistingService } from './ExistingService';
import {
  Receipt,
  ServiceRequest,
  WriteOptions,
} from './MeshedServicePublishing';
import { prepareChange } from './prepareChange';
import { PublishingParts } from './PublishingParts';
import { receiptOf } from './receipt';
import { RenderedRepository } from './renderRepository';

/**
 * Proposes other answers for a service that exists: managed files and stamp on a branch, for review. Files of the team are
 * not touched; where they would have to follow, the description says so.
 *
 * The branch is named after the content, so that the same request finds the same change.
 *
 * @public
 */
export async function proposeServiceChange(
  request: ServiceRequest,
  parts: PublishingParts,
  options: WriteOptions,
): Promise<Receipt> {
  const { author, signal, onStep = () => undefined } = options;
  const { forge, existing, rendered, changes, fields, title } =
    await prepareChange(request, parts, options);
  const { repository } = rendered.spec.delivery;
  if (changes.size === 0)
    return receiptOf(forge, existing.stamp, existing.commit, 'unchanged');

  signal?.throwIfAborted();
  const branch = `meshway/change-${identityOf(rendered)}`;
  onStep(`Proposing ${changes.size} files on ${branch}`);
  const skeleton = await parts.skeleton(request.skeleton);
  const description = describe(
    existing,
    rendered,
    fields,
    teamFilesToFollow(existing, rendered, skeleton, parts),
    options.reason,
  );
  const change = await forge.propose(
    repository,
    changes,
    {
      message: `${title}\n`,
      author,
      branch,
      title,
      description,
      expected: existing.commit,
    },
    { signal },
  );
  const proposed = await forge.read(repository, {
    branch: change.branch,
    paths: [],
    signal,
  });
  return receiptOf(
    forge,
    rendered.stamp,
    proposed?.commit ?? existing.commit,
    'proposed',
    change,
  );
}

/**
 * Commits other answers straight to the branch that Argo CD reads, without review: for a step back, which must not wait.
 */
export async function commitServiceChange(
  request: ServiceRequest,
  parts: PublishingParts,
  options: WriteOptions,
): Promise<Receipt> {
  const { author, reason, signal, onStep = () => undefined } = options;
  const { forge, existing, rendered, changes, title } = await prepareChange(
    request,
    parts,
    options,
  );
  if (changes.size === 0)
    return receiptOf(forge, existing.stamp, existing.commit, 'unchanged');

  signal?.throwIfAborted();
  const { repository, revision } = rendered.spec.delivery;
  onStep(`Committing ${changes.size} files to ${revision}`);
  const { conflicts } = differenceOf(existing, rendered);
  const message = [
    title,
    ...(reason ? [reason] : []),
    ...(conflicts.length > 0
      ? [`Replaces what was edited by hand in ${conflicts.join(', ')}.`]
      : []),
  ].join('\n\n');
  const { commit } = await forge.commit(
    repository,
    changes,
    {
      message: `${message}\n`,
      author,
      expected: existing.commit,
      branch: revision,
    },
    { signal },
  );
  return receiptOf(forge, rendered.stamp, commit, 'changed');
}

/** Of what the change makes, and not of when or on what it is proposed. */
function identityOf({ stamp }: RenderedRepository): string {
  const { template, renderedDigest } = stamp.status;
  const content = toYaml({ spec: stamp.spec, template, renderedDigest });
  return digestOf(content).slice('sha256:'.length, 'sha256:'.length + 12);
}

/** Files of the team that the skeleton would render otherwise for the new answers. */
function teamFilesToFollow(
  existing: ExistingService,
  rendered: RenderedRepository,
  skeleton: Skeleton,
  { platform, forge }: PublishingParts,
): string[] {
  const { spec, status } = existing.stamp;
  const { repository, revision } = spec.delivery;
  const before: Files = renderSkeleton(
    skeleton,
    skeletonValues(spec, {
      platform,
      template: status.template,
      sourceUrl: forge.sourceUrl(repository, revision),
    }),
  );
  return [...rendered.team.keys()]
    .filter(path => existing.files.has(path))
    .filter(path => before.get(path) !== rendered.team.get(path))
    .sort();
}

function describe(
  existing: ExistingService,
  { spec }: RenderedRepository,
  fields: readonly string[],
  toFollow: readonly string[],
  reason: string | undefined,
): string {
  const before = new Map<string, unknown>(Object.entries(existing.stamp.spec));
  const after = new Map<string, unknown>(Object.entries(spec));
  const lines = fields.map(
    field =>
      `- \`${field}\`: ${shown(before.get(field))} → ${shown(
        after.get(field),
      )}`,
  );
  return [
    `Meshway proposes this change of ${spec.name}.`,
    ...(lines.length > 0 ? [lines.join('\n')] : []),
    ...(reason ? [`Reason: ${reason}`] : []),
    ...(toFollow.length > 0
      ? [
          `Files of the team are as they were. These say something that the change alters, so look at them: ${toFollow.join(
            ', ',
          )}.`,
        ]
      : []),
  ].join('\n\n');
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value).replace(/`/g, "'");
  return `\`${text.length > 200 ? `${text.slice(0, 199)}…` : text}\``;
}
