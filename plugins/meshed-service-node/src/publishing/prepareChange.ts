import { InputError, NotFoundError } from '@backstage/errors';
import {
  formatServiceRef,
  meshComponentFolder,
  serviceRefOf,
  STAMP_PATH,
} from '@meshway/plugin-meshed-service-common';
import { Forge, ForgeConflictError } from '../forge';
import { admitRepository, refuseViolations } from './admitRepository';
import { differenceOf, ExistingService, readExisting } from './ExistingService';
import { ServiceRequest, WriteOptions } from './MeshedServicePublishing';
import {
  parseRequest,
  PublishingParts,
  renderRequest,
} from './PublishingParts';
import { RenderedRepository } from './renderRepository';

/** A change of a service that exists, judged and ready to be written. */
export type PreparedChange = {
  forge: Forge;
  existing: ExistingService;
  rendered: RenderedRepository;
  /** By path; `undefined` removes. Empty when nothing would change. */
  changes: Map<string, string | undefined>;
  /** Top-level fields of the request that are answered otherwise. */
  fields: string[];
  title: string;
};

/**
 * Reads the service as it is, renders the other answers, and admits exactly what would be written.
 *
 * @throws NotFoundError when there is nothing to change, GuardrailViolationError, ForgeConflictError.
 */
export async function prepareChange(
  request: ServiceRequest,
  parts: PublishingParts,
  options: WriteOptions,
): Promise<PreparedChange> {
  const { signal, onStep = () => undefined } = options;
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
  const { fields } = differenceOf(existing, rendered);
  const what = fields.length > 0 ? fields.join(', ') : 'managed files';
  const title = `Change ${what} of ${spec.name}`;
  return { forge, existing, rendered, changes, fields, title };
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
