import { InputError, NotFoundError } from '@backstage/errors';
import {
  digestOf,
  formatServiceRef,
  meshComponentFolder,
  serviceRefOf,
  STAMP_PATH,
  toYaml,
} from '@meshway/plugin-meshed-service-common';
import { Files, ForgeConflictError } from '../forge';
import { renderSkeleton, Skeleton, skeletonValues } from '../skeleton';
import { admitRepository, refuseViolations } from './admitRepository';
import { differenceOf, ExistingService, readExisting } from './ExistingService';
import {
  Receipt,
  ServiceRequest,
  WriteOptions,
} from './MeshedServicePublishing';
import {
  parseRequest,
  PublishingParts,
  renderRequest,
} from './PublishingParts';
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
  const forge = parts.forge.actingWith(options.token);
  const spec = parseRequest(request, parts);
  const service = formatServiceRef(serviceRefOf(spec));

  onStep(`Reading ${service}`);
  const held = await parts.registry.readClaim(serviceRefOf(spec));
  if (held && held.repository !== spec.delivery.repository)
    throw new ForgeConflictError(
      `delivery.repository: ${service} lives in ${held.repository}; a service does not move to another repository`,
    );
  const existing = await readExisting(forge, spec, signal);
  if (!existing)
    throw new NotFoundError(
      `There is no service ${service} in repository ${spec.delivery.repository} to change; publish it first`,
    );
  refuseWhatTheTeamWouldHaveToMove(existing, spec);

  const { rendered, pack } = await renderRequest(spec, request, parts, {
    created: existing.stamp.status.created,
    teamPaths: existing.stamp.status.files
      .filter(({ ownership }) => ownership === 'team')
      .map(({ path }) => path),
  });
  onStep(`Judging the change by guardrails ${pack.name} ${pack.version}`);
  refuseViolations(admitRepository(rendered, pack));

  const changes = changesOf(existing, rendered);
  if (changes.size === 0)
    return receiptOf(forge, existing.stamp, existing.commit, 'unchanged');

  signal?.throwIfAborted();
  const branch = `meshway/change-${identityOf(rendered)}`;
  onStep(`Proposing ${changes.size} files on ${branch}`);
  const { fields } = differenceOf(existing, rendered);
  const what = fields.length > 0 ? fields.join(', ') : 'managed files';
  const title = `Change ${what} of ${spec.name}`;
  const skeleton = await parts.skeleton(request.skeleton);
  const description = describe(
    existing,
    rendered,
    fields,
    teamFilesToFollow(existing, rendered, skeleton, parts),
  );
  const change = await forge.propose(
    spec.delivery.repository,
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
  const proposed = await forge.read(spec.delivery.repository, {
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

/** @throws InputError when files of the team say where the managed ones are. */
function refuseWhatTheTeamWouldHaveToMove(
  existing: ExistingService,
  spec: RenderedRepository['spec'],
): void {
  const before = existing.stamp.spec;
  if (before.delivery.path !== spec.delivery.path)
    throw new InputError(
      `delivery.path: the team's manifests lie in ${before.delivery.path}, and a change does not move them; keep it`,
    );
  const folder = meshComponentFolder(spec);
  if (folder !== meshComponentFolder(before))
    throw new InputError(
      `delivery: the change would ${
        folder ? 'add' : 'remove'
      } the managed folder ${
        spec.delivery.path
      }/mesh, which the team's kustomization.yaml has to ${
        folder ? 'name' : 'forget'
      }; keep how the service is delivered, or publish it under another name`,
    );
}

function changesOf(
  existing: ExistingService,
  rendered: RenderedRepository,
): Map<string, string | undefined> {
  const { fields, files } = differenceOf(existing, rendered);
  const stamped = existing.stamp.status.files;
  for (const path of files.keys()) {
    const isOurs = stamped.some(
      file => file.path === path && file.ownership === 'managed',
    );
    if (!isOurs && existing.files.has(path))
      throw new ForgeConflictError(
        `${path} is a file of the team, and the change needs its place; move it first`,
      );
  }
  const { ref, version } = existing.stamp.status.template;
  const { template } = rendered.stamp.status;
  const isOtherTemplate = template.ref !== ref || template.version !== version;
  if (fields.length + files.size === 0 && !isOtherTemplate) return new Map();
  return new Map([...files, [STAMP_PATH, rendered.managed.get(STAMP_PATH)]]);
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
