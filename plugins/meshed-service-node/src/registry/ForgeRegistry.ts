import {
  formatServiceRef,
  MeshedServiceSpec,
  names,
  ServiceRef,
  serviceRefOf,
} from '@meshway/plugin-meshed-service-common';
import { Author, Files, Forge, ForgeConflictError } from '../forge';
import { parseClaim, withdrawnClaimFile } from './claimFile';
import { ClaimFiles } from './ClaimFiles';
import { ClaimsReader } from './ClaimsReader';
import { Claim, Registry } from './Registry';

const ATTEMPTS = 20;

const readme = `# Registry of services

Each file under \`services/\` is the claim on a name: \`<cluster>/<namespace>/<name>.yaml\`. Creating the file takes the
name, so a push that is rejected means that somebody else was faster. Argo CD makes an application of each file of kind
\`ArgoRegistration\`. Meshway writes here; a claim is given up by removing its file.
`;

/**
 * Claims as files of a repository in the forge. What makes them safe is the forge's compare-and-swap: a claim is written
 * only onto the state in which the name was seen to be free.
 *
 * @public
 */
export class ForgeRegistry implements Registry {
  private readonly files = new ClaimFiles();
  private readonly reader: ClaimsReader;

  constructor(private readonly forge: Forge, readonly repository: string) {
    this.reader = new ClaimsReader(forge, repository);
  }

  async claimService(
    spec: MeshedServiceSpec,
    content: string,
    {
      author,
      agreed = false,
      signal,
    }: { author: Author; agreed?: boolean; signal?: AbortSignal },
  ): Promise<{ claim: Claim; outcome: 'created' | 'renewed' | 'unchanged' }> {
    const file = names.registration(spec);
    const wanted: Claim = {
      service: formatServiceRef(serviceRefOf(spec)),
      owner: spec.owner,
      repository: spec.delivery.repository,
    };
    const message = `Claim ${wanted.service} for ${wanted.owner}\n`;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const seen = await this.forge.read(this.repository, { signal });
      const held = claimIn(seen?.files, file);
      if (held) {
        refuseUnlessOurs(wanted, held, { agreed });
        if (!agreed || seen?.files.get(file) === content)
          return { claim: held, outcome: 'unchanged' };
      } else {
        const claims = await this.files.parse(seen?.files);
        refuseSharedRepository(
          wanted,
          [...claims.values()].flatMap(claim => claim ?? []),
        );
      }
      try {
        if (seen)
          await this.forge.commit(
            this.repository,
            new Map([[file, content]]),
            { message, author, expected: seen.commit },
            { signal },
          );
        else
          await this.forge.create(
            this.repository,
            new Map([
              ['README.md', readme],
              [file, content],
            ]),
            { message, author },
            { description: 'Who holds which name', signal },
          );
        return { claim: wanted, outcome: held ? 'renewed' : 'created' };
      } catch (error) {
        // Somebody else wrote to the registry in between; perhaps another claim, perhaps this very one.
        if (!isConflict(error)) throw error;
      }
    }
    throw new ForgeConflictError(
      `${wanted.service} could not be claimed: too many claims are written at once; repeat`,
    );
  }

  async readClaim(service: ServiceRef): Promise<Claim | undefined> {
    const file = names.registration(service);
    const seen = await this.forge.read(this.repository, { paths: [file] });
    return claimIn(seen?.files, file);
  }

  async withdrawRegistration(
    service: ServiceRef,
    owner: string,
    by: { author: Author; signal?: AbortSignal },
  ): Promise<'withdrawn' | 'unchanged' | 'absent'> {
    const done = await this.rewriteClaim(service, owner, {
      ...by,
      message: `Withdraw ${formatServiceRef(
        service,
      )}, which is being retired\n`,
      content: claim => withdrawnClaimFile(service, claim),
    });
    return done === 'written' ? 'withdrawn' : done;
  }

  async releaseService(
    service: ServiceRef,
    owner: string,
    by: { author: Author; signal?: AbortSignal },
  ): Promise<'released' | 'absent'> {
    const done = await this.rewriteClaim(service, owner, {
      ...by,
      message: `Release ${formatServiceRef(service)}, which is retired\n`,
      content: () => undefined,
    });
    return done === 'absent' ? 'absent' : 'released';
  }

  private async rewriteClaim(
    service: ServiceRef,
    owner: string,
    change: {
      author: Author;
      message: string;
      content: (claim: Claim) => string | undefined;
      signal?: AbortSignal;
    },
  ): Promise<'written' | 'unchanged' | 'absent'> {
    const file = names.registration(service);
    const { author, message, signal } = change;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const seen = await this.forge.read(this.repository, {
        paths: [file],
        signal,
      });
      const held = claimIn(seen?.files, file);
      if (!seen || !held) return 'absent';
      refuseUnlessOurs({ ...held, owner }, held);
      const content = change.content(held);
      if (seen.files.get(file) === content) return 'unchanged';
      try {
        await this.forge.commit(
          this.repository,
          new Map([[file, content]]),
          { message, author, expected: seen.commit },
          { signal },
        );
        return 'written';
      } catch (error) {
        // Somebody else wrote to the registry in between.
        if (!isConflict(error)) throw error;
      }
    }
    throw new ForgeConflictError(
      `${formatServiceRef(
        service,
      )} could not be written to the registry: too many claims are written at once; repeat`,
    );
  }

  async listClaims(): Promise<Claim[]> {
    // One file that somebody spoilt must not hide all others; reading or claiming its name does say so.
    const { held } = await this.reader.read();
    return [...held.values()].sort((a, b) => (a.service < b.service ? -1 : 1));
  }
}

function claimIn(files: Files | undefined, file: string): Claim | undefined {
  const text = files?.get(file);
  return text === undefined ? undefined : parseClaim(text, file);
}

/**
 * Refuses a name that somebody else holds.
 *
 * @param options - `agreed`: the repository that holds the claim records the wanted owner, so a handover has been reviewed.
 * @throws ForgeConflictError naming the owner.
 *
 * @public
 */
export function refuseUnlessOurs(
  wanted: Claim,
  held: Claim,
  { agreed = false }: { agreed?: boolean } = {},
): void {
  if (held.owner !== wanted.owner && !agreed)
    throw new ForgeConflictError(
      `name: ${wanted.service} is taken by ${held.owner} (repository ${held.repository}). Choose another name, or ask ${held.owner}.`,
    );
  if (held.repository !== wanted.repository)
    throw new ForgeConflictError(
      `delivery.repository: ${wanted.service} exists already in repository ${held.repository}, not in ${wanted.repository}. Choose another name, or propose a change to the service that exists.`,
    );
}

/**
 * A repository belongs to one service, from the claim on: also while nobody has written it yet.
 *
 * @throws ForgeConflictError naming the service that holds it.
 *
 * @public
 */
export function refuseSharedRepository(
  wanted: Claim,
  claims: readonly Claim[],
): void {
  const same = (name: string) => name.toLocaleLowerCase('en-US');
  const other = claims.find(
    ({ service, repository }) =>
      service !== wanted.service &&
      same(repository) === same(wanted.repository),
  );
  if (other)
    throw new ForgeConflictError(
      `delivery.repository: ${other.repository} belongs to the service ${other.service} of ${other.owner}. Choose another repository.`,
    );
}

/** Whether an error says that somebody else was faster. @public */
export function isConflict(error: unknown): error is ForgeConflictError {
  return error instanceof ForgeConflictError;
}
