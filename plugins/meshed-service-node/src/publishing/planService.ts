import {
  derivedNames,
  formatServiceRef,
  meshIdentity,
  names,
  serviceRefOf,
  STAMP_PATH,
} from '@meshway/plugin-meshed-service-common';
import { Claim, isConflict, refuseSharedRepository } from '../registry';
import { changesInFile } from '../difference';
import { admitRepository } from './admitRepository';
import { differenceOf, ExistingService, findService } from './ExistingService';
import {
  PlannedFile,
  ServicePlan,
  ServiceRequest,
} from './MeshedServicePublishing';
import {
  parseRequest,
  PublishingParts,
  renderRequest,
} from './PublishingParts';
import { RenderedRepository } from './renderRepository';

/** In place of creation facts that nobody has yet: a plan writes nothing, and shows none of them. */
const notCreated = { by: 'user:default/nobody', at: '1970-01-01T00:00:00Z' };

/** Says what publishing would do, or a change that is proposed. Writes nothing. @public */
export async function planService(
  request: ServiceRequest,
  parts: PublishingParts,
  options: { signal?: AbortSignal } = {},
): Promise<ServicePlan> {
  const spec = parseRequest(request, parts);
  const { repository, revision } = spec.delivery;
  const service = formatServiceRef(serviceRefOf(spec));
  const found = await existingOrTaken(
    parts,
    spec,
    await parts.registry.readClaim(serviceRefOf(spec)),
    options.signal,
  );
  const existing = 'existing' in found ? found.existing : undefined;
  const { rendered, pack } = await renderRequest(spec, request, parts, {
    created: existing?.stamp.status.created ?? notCreated,
  });
  const files = existing
    ? changedFiles(existing, rendered)
    : newFiles(rendered);
  return {
    service,
    spec,
    outcome: outcomeOf('taken' in found, existing, files),
    repository: {
      name: repository,
      html: parts.forge.sourceUrl(repository, revision),
      clone: parts.forge.addressOf(repository).clone,
    },
    files,
    violations: admitRepository(rendered, pack),
    ...('taken' in found ? found.taken : {}),
    names: derivedNames(
      spec,
      meshIdentity(
        {
          namespace: names.namespace(spec),
          serviceAccount: names.serviceAccount(spec),
        },
        parts.platform.mesh,
      ),
    ),
  };
}

type Taken = { takenBy?: Claim; takenBecause: string };

async function existingOrTaken(
  { forge, registry }: PublishingParts,
  spec: ServicePlan['spec'],
  held: Claim | undefined,
  signal: AbortSignal | undefined,
): Promise<{ existing: ExistingService | undefined } | { taken: Taken }> {
  try {
    const { existing } = await findService(forge, spec, held, signal);
    if (!held)
      refuseSharedRepository(
        {
          service: formatServiceRef(serviceRefOf(spec)),
          owner: spec.owner,
          repository: spec.delivery.repository,
        },
        await registry.listClaims(),
      );
    return { existing };
  } catch (error) {
    if (!isConflict(error)) throw error;
    const takenBecause = error.message;
    return { taken: held ? { takenBy: held, takenBecause } : { takenBecause } };
  }
}

function outcomeOf(
  isTaken: boolean,
  existing: ExistingService | undefined,
  files: readonly PlannedFile[],
): ServicePlan['outcome'] {
  if (isTaken) return 'taken';
  if (!existing) return 'create';
  return files.every(
    ({ action }) => action === 'unchanged' || action === 'kept',
  )
    ? 'unchanged'
    : 'change';
}

function newFiles({ managed, team }: RenderedRepository): PlannedFile[] {
  return sorted([
    ...[...managed.keys()].map(path => planned(path, 'managed', 'create')),
    ...[...team.keys()].map(path => planned(path, 'team', 'create')),
  ]);
}

function changedFiles(
  existing: ExistingService,
  rendered: RenderedRepository,
): PlannedFile[] {
  const { fields, files, conflicts } = differenceOf(existing, rendered);
  const actionOn = (path: string): PlannedFile['action'] => {
    if (path === STAMP_PATH)
      return fields.length + files.size > 0 ? 'change' : 'unchanged';
    if (!files.has(path)) return 'unchanged';
    if (conflicts.includes(path)) return 'conflict';
    if (files.get(path) === undefined) return 'remove';
    return existing.files.has(path) ? 'change' : 'create';
  };
  const managed = new Set([...rendered.managed.keys(), ...files.keys()]);
  const kept = [...existing.files.keys()].filter(path => !managed.has(path));
  const changesOf = (path: string): Pick<PlannedFile, 'changes'> => {
    if (!['change', 'conflict'].includes(actionOn(path))) return {};
    const changes = changesInFile(
      existing.files.get(path),
      rendered.managed.get(path),
    )?.filter(({ field }) => path !== STAMP_PATH || field.startsWith('spec.'));
    return changes ? { changes } : {};
  };
  return sorted([
    ...[...managed].map(path => ({
      ...planned(path, 'managed', actionOn(path)),
      ...changesOf(path),
    })),
    ...kept.map(path => planned(path, 'team', 'kept')),
  ]);
}

function planned(
  path: string,
  ownership: PlannedFile['ownership'],
  action: PlannedFile['action'],
): PlannedFile {
  return { path, ownership, action };
}

function sorted(files: PlannedFile[]): PlannedFile[] {
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}
