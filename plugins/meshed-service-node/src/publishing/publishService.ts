import {
  formatServiceRef,
  serviceRefOf,
} from '@meshway/plugin-meshed-service-common';
import { Forge, ForgeConflictError } from '../forge';
import { claimFile, isConflict } from '../registry';
import { admitRepository, refuseViolations } from './admitRepository';
import {
  differenceOf,
  ExistingService,
  findService,
  readExisting,
} from './ExistingService';
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
import { RenderedRepository } from './renderRepository';
import { receiptOf } from './receipt';

/**
 * Makes the repository of a service, from the original values to the commit: parse, render, admit exactly that, claim the
 * name, write. Every step finds what an earlier attempt has done, so a repeat ends where an undisturbed run would have.
 *
 * @public
 */
export async function publishService(
  request: ServiceRequest,
  parts: PublishingParts,
  options: WriteOptions,
): Promise<Receipt> {
  const { author, signal, onStep = () => undefined } = options;
  const forge = parts.forge.actingWith(options.token);
  const spec = parseRequest(request, parts);
  const service = formatServiceRef(serviceRefOf(spec));

  onStep(`Looking for ${service} and its repository`);
  const held = await parts.registry.readClaim(serviceRefOf(spec));
  const { existing, agreed } = await findService(forge, spec, held, signal);

  const { rendered, pack } = await renderRequest(spec, request, parts, {
    created: existing?.stamp.status.created ?? options.created,
  });
  onStep(
    `Judging ${rendered.bundle.objects.length} objects and ${
      rendered.managed.size + rendered.team.size
    } files by guardrails ${pack.name} ${pack.version}`,
  );
  refuseViolations(admitRepository(rendered, pack));
  if (existing) refuseDifference(existing, rendered);

  signal?.throwIfAborted();
  onStep(`Claiming ${service} for ${spec.owner}`);
  await parts.registry.claimService(spec, claimFile(spec, rendered.bundle), {
    author,
    agreed,
    signal,
  });
  if (existing)
    return receiptOf(forge, existing.stamp, existing.commit, 'unchanged');

  signal?.throwIfAborted();
  onStep(`Writing repository ${spec.delivery.repository}`);
  return createRepository(forge, rendered, options);
}

async function createRepository(
  forge: Forge,
  rendered: RenderedRepository,
  { author, signal }: WriteOptions,
): Promise<Receipt> {
  const { spec, stamp, managed, team } = rendered;
  const { repository, revision } = spec.delivery;
  try {
    const { commit } = await forge.create(
      repository,
      new Map([...managed, ...team]),
      {
        message: `Create ${spec.name}, a meshed service of ${spec.owner}\n`,
        author,
      },
      { description: spec.description, branch: revision, signal },
    );
    return receiptOf(forge, stamp, commit, 'created');
  } catch (error) {
    if (!isConflict(error)) throw error;
    // Somebody made it since we looked: perhaps a second run of this very task.
    const existing = await readExisting(forge, spec, signal);
    if (!existing) throw error;
    refuseDifference(existing, rendered);
    return receiptOf(forge, existing.stamp, existing.commit, 'unchanged');
  }
}

/** @throws ForgeConflictError with the way to a change, when the service exists and is not what was asked for. */
function refuseDifference(
  existing: ExistingService,
  wanted: RenderedRepository,
): void {
  const { fields, files } = differenceOf(existing, wanted);
  const { spec } = existing.stamp;
  const exists = `${formatServiceRef(
    serviceRefOf(spec),
  )} exists already in repository ${spec.delivery.repository} and belongs to ${
    spec.owner
  }`;
  const propose =
    'To change it, propose a change (action meshedService:change:propose); to have another service, choose another name.';
  if (fields.length > 0)
    throw new ForgeConflictError(
      `name: ${exists}, with other answers for ${fields.join(
        ', ',
      )}. ${propose}`,
    );
  if (files.size > 0)
    throw new ForgeConflictError(
      `name: ${exists}, but ${[...files.keys()].sort().join(', ')} ${
        files.size > 1 ? 'are' : 'is'
      } not what its answers give today. ${propose}`,
    );
}
