import {
  digestOf,
  formatServiceRef,
  MeshedServiceSpec,
  readStamp,
  serviceRefOf,
  Stamp,
  STAMP_PATH,
} from '@meshway/plugin-meshed-service-common';
import { Files, Forge, ForgeConflictError } from '../forge';
import { Claim, refuseUnlessOurs } from '../registry';
import { RenderedRepository } from './renderRepository';

/** The repository of a service as it is. */
export type ExistingService = { commit: string; files: Files; stamp: Stamp };

/**
 * @returns the repository that a spec names, or undefined when there is none.
 * @throws ForgeConflictError when the repository holds something else.
 */
export async function readExisting(
  forge: Forge,
  spec: MeshedServiceSpec,
  signal?: AbortSignal,
): Promise<ExistingService | undefined> {
  const { repository } = spec.delivery;
  const snapshot = await forge.read(repository, { signal });
  if (!snapshot) return undefined;
  const text = snapshot.files.get(STAMP_PATH);
  if (text === undefined)
    throw new ForgeConflictError(
      `delivery.repository: ${repository} exists and holds no service. Choose another repository.`,
    );
  const stamp = readStamp(text, `${repository}/${STAMP_PATH}`);
  const held = formatServiceRef(serviceRefOf(stamp.spec));
  if (held !== formatServiceRef(serviceRefOf(spec)))
    throw new ForgeConflictError(
      `delivery.repository: ${repository} belongs to the service ${held} of ${stamp.spec.owner}. Choose another repository.`,
    );
  return { ...snapshot, stamp };
}

/** What differs between a repository and what would be written, in managed files only. */
export type ManagedDifference = {
  /** Top-level fields of the request that were answered otherwise. */
  fields: string[];
  /** By path; `undefined` removes. The stamp is not among them. */
  files: Map<string, string | undefined>;
  /** Files that would be overwritten, but hold what Meshway has not written. */
  conflicts: string[];
};

/** Compares managed files, by content. Files of the team play no part. */
export function differenceOf(
  existing: ExistingService,
  wanted: RenderedRepository,
): ManagedDifference {
  const stamped = new Map(
    existing.stamp.status.files
      .filter(({ ownership }) => ownership === 'managed')
      .map(({ path, digest }) => [path, digest]),
  );
  const files = new Map<string, string | undefined>();
  for (const [path, content] of wanted.managed) {
    if (path !== STAMP_PATH && existing.files.get(path) !== content)
      files.set(path, content);
  }
  for (const path of stamped.keys()) {
    if (!wanted.managed.has(path) && existing.files.has(path))
      files.set(path, undefined);
  }
  const conflicts = [...files.keys()].filter(path => {
    const content = existing.files.get(path);
    return content !== undefined && digestOf(content) !== stamped.get(path);
  });
  return {
    fields: differentFields(existing.stamp.spec, wanted.spec),
    files,
    conflicts,
  };
}

/**
 * Finds the repository of a service, past the claim on its name.
 *
 * @param held - who holds the name.
 * @returns the repository, and whether it records exactly the wanted answers: then a change of the owner has been reviewed
 *   and merged there, and the claim may follow.
 * @throws ForgeConflictError naming the owner, when the name or the repository is somebody else's.
 */
export async function findService(
  forge: Forge,
  spec: MeshedServiceSpec,
  held: Claim | undefined,
  signal?: AbortSignal,
): Promise<{ existing: ExistingService | undefined; agreed: boolean }> {
  const wanted: Claim = {
    service: formatServiceRef(serviceRefOf(spec)),
    owner: spec.owner,
    repository: spec.delivery.repository,
  };
  if (held && held.repository !== wanted.repository)
    refuseUnlessOurs(wanted, held);
  const existing = await readExisting(forge, spec, signal);
  const agreed =
    existing !== undefined &&
    differentFields(existing.stamp.spec, spec).length === 0;
  if (held) refuseUnlessOurs(wanted, held, { agreed });
  return { existing, agreed };
}

/** @returns the top-level fields in which two specs differ, sorted. @public */
export function differentFields(
  before: MeshedServiceSpec,
  after: MeshedServiceSpec,
): string[] {
  const one = new Map<string, unknown>(Object.entries(before));
  const other = new Map<string, unknown>(Object.entries(after));
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter(key => canonical(one.get(key)) !== canonical(other.get(key)))
    .sort();
}

/** JSON with sorted keys, so that only values count. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}
