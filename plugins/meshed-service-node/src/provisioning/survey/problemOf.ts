import {
  Problem,
  ProvisioningSystem,
} from '@meshway/plugin-meshed-service-common';
import { isError } from '@backstage/errors';
import {
  AdmissionDeniedError,
  BeingDeletedError,
  FieldConflictError,
  InvalidObjectError,
  PermissionMissingError,
  UnknownKindError,
} from '../../kubernetes';
import {
  VaultMountError,
  VaultPermissionError,
  VaultSealedError,
} from '../../vault';

type Reading = Pick<Problem, 'code' | 'fix'>;

/** Errors of the adapters that are news for the user, and no broken machinery. Their messages name the object and the way out. */
const readings: ReadonlyArray<[new (...args: never[]) => Error, Reading]> = [
  [
    PermissionMissingError,
    { code: 'permission-missing', fix: 'Bind the credentials to the role.' },
  ],
  [
    UnknownKindError,
    {
      code: 'kind-missing',
      fix: 'Ask the platform team to install the CRDs of the platform.',
    },
  ],
  [
    BeingDeletedError,
    { code: 'namespace-terminating', fix: 'Wait until it is gone; repeat.' },
  ],
  [
    AdmissionDeniedError,
    {
      code: 'refused-by-cluster',
      fix: 'Change the request, or ask the platform team about the policy.',
    },
  ],
  [
    InvalidObjectError,
    {
      code: 'refused-by-cluster',
      fix: 'The CRDs in the cluster are older or newer than ours; ask the platform team.',
    },
  ],
  [
    FieldConflictError,
    {
      code: 'field-conflict',
      fix: 'Let whoever wrote the field give it up, or change it there.',
    },
  ],
  [
    VaultMountError,
    {
      code: 'vault-mount-missing',
      fix: 'Mount the Kubernetes auth method, or correct meshedService.platform.vault.authMount.',
    },
  ],
  [
    VaultPermissionError,
    {
      code: 'vault-capability-missing',
      fix: "Give the token the portal's Vault policy.",
    },
  ],
  [VaultSealedError, { code: 'vault-sealed', fix: 'Unseal it; then repeat.' }],
];

/** @returns what an error means for a pre-flight, or undefined when it is nothing that a pre-flight looks for. */
export function problemOf(
  error: unknown,
  system: ProvisioningSystem,
): Problem | undefined {
  if (!isError(error)) return undefined;
  const known = readings.find(([type]) => error instanceof type)?.[1];
  if (known) return { ...known, system, message: error.message };
  return error.name === 'ServiceUnavailableError'
    ? {
        code: 'unreachable',
        system,
        message: error.message,
        fix: 'Repeat later.',
      }
    : undefined;
}

/** Collects what goes wrong while several systems are asked, so that all of it can be told at once. */
export class Problems {
  private readonly found: Problem[] = [];

  add(...problems: readonly Problem[]): void {
    this.found.push(...problems);
  }

  /** Asks something. What it may answer badly becomes a problem; anything else is thrown. */
  async during<Answer>(
    system: ProvisioningSystem,
    work: () => Promise<Answer>,
  ): Promise<Answer | undefined> {
    try {
      return await work();
    } catch (error) {
      const problem = problemOf(error, system);
      if (!problem) throw error;
      this.add(problem);
      return undefined;
    }
  }

  /**
   * @returns all of them, each once. A right that was asked about by name is not told again because a read failed, and a
   *   system that cannot be reached is told of once.
   */
  all(): Problem[] {
    const isAsked = this.found.some(isAskedRight);
    const kept = this.found.filter(
      problem =>
        !isAsked ||
        problem.code !== 'permission-missing' ||
        isAskedRight(problem),
    );
    const keyOf = ({ code, system, ref, message }: Problem) =>
      code === 'unreachable'
        ? `${code} ${system}`
        : JSON.stringify([code, system, ref, message]);
    return [...new Map(kept.map(each => [keyOf(each), each])).values()];
  }
}

const isAskedRight = ({ code, fix }: Reading) =>
  code === 'permission-missing' && fix.includes('infra/rbac');
