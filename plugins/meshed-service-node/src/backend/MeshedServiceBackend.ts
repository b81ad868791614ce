import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  EnsureRequest,
  PhaseChangeRequest,
  PlanRequest,
  PlanResponse,
  ProvisioningPart,
  ProvisioningReceipt,
  RetirementPlan,
  RetirementQuery,
  RetireRequest,
  ServiceRef,
  Verification,
  VerifyRequest,
} from '@meshway/plugin-meshed-service-common';

/**
 * In whose name something is asked, and who is told meanwhile.
 *
 * @public
 */
export type BackendOptions = {
  /** Of the user who asks; the backend decides on them, and refuses a plugin's own. */
  credentials: BackstageCredentials;
  /** Aborting closes the connection, and the backend stops before its next write. */
  signal?: AbortSignal;
  onStep?: (step: string) => void;
};

/**
 * The routes of the backend plugin that write, and those that say what would be written.
 *
 * Each rejects with what stands in the way, in words for whoever asked: InvalidSpecError, GuardrailViolationError and
 * PreflightError with everything at once, SignInExpiredError, NotAllowedError, NotFoundError, ConflictError,
 * TooManyRequestsError, ServiceUnavailableError, ConnectionCutError, MalformedAnswerError. All of it may be repeated.
 *
 * @public
 */
export interface MeshedServiceBackend {
  plan(request: PlanRequest, options: BackendOptions): Promise<PlanResponse>;
  ensure(
    service: ServiceRef,
    request: EnsureRequest,
    options: BackendOptions,
  ): Promise<ProvisioningReceipt>;
  ensurePart(
    part: ProvisioningPart,
    service: ServiceRef,
    request: EnsureRequest,
    options: BackendOptions,
  ): Promise<ProvisioningReceipt>;
  setPhase(
    service: ServiceRef,
    request: PhaseChangeRequest,
    options: BackendOptions,
  ): Promise<ProvisioningReceipt>;
  verify(
    service: ServiceRef,
    request: VerifyRequest,
    options: BackendOptions,
  ): Promise<Verification>;
  planRetirement(
    service: ServiceRef,
    query: RetirementQuery,
    options: BackendOptions,
  ): Promise<RetirementPlan>;
  retire(
    service: ServiceRef,
    request: RetireRequest,
    options: BackendOptions,
  ): Promise<ProvisioningReceipt>;
}
