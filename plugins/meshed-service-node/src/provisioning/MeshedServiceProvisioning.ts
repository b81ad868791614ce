import type {
  Phase,
  Problem,
  ProvisioningPart,
  ProvisioningPlan,
  ProvisioningReceipt,
  ReceiptStep,
  RetirementPlan,
  ServiceRef,
  Verification,
} from '@meshway/plugin-meshed-service-common';
import type { ServiceRequest, WriteOptions } from '../publishing';

/**
 * In whose name something is provisioned, and how long it is waited for.
 *
 * @public
 */
export type ProvisioningOptions = WriteOptions & {
  /**
   * The owner that holds the service now, when it is handed over. Given only once that owner's rights have been checked, too.
   */
  transferFrom?: string;
  /** How long is waited for others (Argo CD, a finalizer) before the receipt says `partial`; 120 when absent. */
  waitSeconds?: number;
};

/**
 * The service that shall go. Its names follow from where it is; what it was asked for plays no part.
 *
 * @public
 */
export type RetirementRequest = {
  service: ServiceRef;
  /** Whoever the caller believes to own it, in full; another recorded owner is a conflict. */
  owner: string;
  delivery: 'gitops' | 'apply';
  /** Name of the namespace, typed by the caller: then it goes with what nobody can list in it. */
  confirmNamespace?: string;
};

/**
 * Moves a service to a phase. Forward it is one step at a time.
 *
 * @public
 */
export type PhaseRequest = {
  /** The service as it is recorded now. */
  request: ServiceRequest;
  phase: Phase;
  /** Why it is moved forward without evidence from traffic, or against it. Ignored back. */
  reason?: string;
  /** Takes `spec.accessPolicy` of our own Servers from whoever wrote it. Only back. */
  force?: boolean;
};

/**
 * As for every write; of what is taken from others is told at once, since what comes after it may fail.
 *
 * @public
 */
export type PhaseOptions = ProvisioningOptions & {
  onOverridden?: (step: ReceiptStep) => void;
};

/**
 * A service on the real thing: namespace, ServiceAccount, Linkerd policies, Vault role, Argo CD application. Every method
 * starts over from the original values, is safe to repeat, to interrupt and to run twice at once, and touches nothing that
 * is not provably ours.
 *
 * @public
 */
export interface MeshedServiceProvisioning {
  /** @returns every reason at once why `ensure` would not work. Reads only. */
  preflight(
    request: ServiceRequest,
    options?: { signal?: AbortSignal; transferFrom?: string },
  ): Promise<Problem[]>;

  /** @returns what `ensure` would do, object by object, with all problems and violations. Writes nothing. */
  plan(
    request: ServiceRequest,
    options?: { signal?: AbortSignal; transferFrom?: string },
  ): Promise<ProvisioningPlan>;

  /**
   * Makes the service what was asked for. In `gitops` it publishes the repository and registers it, waits for Argo CD, and
   * writes the Vault role; in `apply` it writes the cluster itself.
   *
   * @throws PreflightError with every problem, GuardrailViolationError: then nothing was written.
   */
  ensure(
    request: ServiceRequest,
    options: ProvisioningOptions,
  ): Promise<ProvisioningReceipt>;

  /** Makes one part what was asked for. The namespace is always looked at first: nothing is written into another's. */
  ensurePart(
    part: ProvisioningPart,
    request: ServiceRequest,
    options: ProvisioningOptions,
  ): Promise<ProvisioningReceipt>;

  /** @throws InputError when the move is none, or has no reason; FieldConflictError naming manager and field. */
  setPhase(
    request: PhaseRequest,
    options: PhaseOptions,
  ): Promise<ProvisioningReceipt>;

  /** @returns what `retire` would delete, what it would leave, and what it cannot see. Writes nothing. */
  planRetirement(
    request: RetirementRequest,
    options?: { signal?: AbortSignal },
  ): Promise<RetirementPlan>;

  /** Takes the service away again, in reverse order, and nothing else. The repository stays. */
  retire(
    request: RetirementRequest,
    options: ProvisioningOptions,
  ): Promise<ProvisioningReceipt>;

  /** Waits until everything is as it should be, or the time is up. */
  verify(
    request: ServiceRequest,
    options?: {
      signal?: AbortSignal;
      waitSeconds?: number;
      /**
       * In gitops: writes the Vault role once Argo CD has made the namespace, when the run that published did not wait so long;
       * or takes it away, once nothing logs in by it, where no secrets are asked for any more.
       */
      completeRole?: boolean;
      onStep?: (step: string) => void;
    },
  ): Promise<Verification>;

  /** @returns the owner that the namespace records, or, before there is one, the registry; undefined when neither does. */
  readOwner(
    service: ServiceRef,
    options?: { signal?: AbortSignal },
  ): Promise<string | undefined>;
}
