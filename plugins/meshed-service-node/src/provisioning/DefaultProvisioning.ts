import {
  Problem,
  ProvisioningPart,
  ProvisioningPlan,
  ProvisioningReceipt,
  RetirementPlan,
  ServiceRef,
  Verification,
} from '@meshway/plugin-meshed-service-common';
import { ServiceRequest } from '../publishing';
import { ProvisioningParts } from './context';
import { ensurePart, ensureService } from './ensure/ensureService';
import {
  MeshedServiceProvisioning,
  PhaseOptions,
  PhaseRequest,
  ProvisioningOptions,
  RetirementRequest,
} from './MeshedServiceProvisioning';
import { setPhase } from './phase/setPhase';
import { planProvisioning } from './planProvisioning';
import { readOwner } from './readOwner';
import { refuseOtherNamespace, retireService } from './retire/retireService';
import { surveyRetirement } from './retire/surveyRetirement';
import { VerifyOptions, verifyService } from './verify/verifyService';

/**
 * Provisioning over the ports that it is given.
 *
 * @public
 */
export class DefaultProvisioning implements MeshedServiceProvisioning {
  constructor(private readonly parts: ProvisioningParts) {}

  async preflight(
    request: ServiceRequest,
    options: { signal?: AbortSignal; transferFrom?: string } = {},
  ): Promise<Problem[]> {
    return (await this.plan(request, options)).problems;
  }

  plan(
    request: ServiceRequest,
    options: { signal?: AbortSignal; transferFrom?: string } = {},
  ): Promise<ProvisioningPlan> {
    return planProvisioning(request, this.parts, options);
  }

  ensure(
    request: ServiceRequest,
    options: ProvisioningOptions,
  ): Promise<ProvisioningReceipt> {
    return ensureService(request, this.parts, options);
  }

  ensurePart(
    part: ProvisioningPart,
    request: ServiceRequest,
    options: ProvisioningOptions,
  ): Promise<ProvisioningReceipt> {
    return ensurePart(part, request, this.parts, options);
  }

  setPhase(
    request: PhaseRequest,
    options: PhaseOptions,
  ): Promise<ProvisioningReceipt> {
    return setPhase(request, this.parts, options);
  }

  async planRetirement(
    request: RetirementRequest,
    options: { signal?: AbortSignal } = {},
  ): Promise<RetirementPlan> {
    refuseOtherNamespace(request);
    const cluster = this.parts.cluster(request.service.cluster);
    const { plan } = await surveyRetirement(
      request,
      this.parts,
      cluster,
      options.signal,
    );
    return plan;
  }

  retire(
    request: RetirementRequest,
    options: ProvisioningOptions,
  ): Promise<ProvisioningReceipt> {
    return retireService(request, this.parts, options);
  }

  verify(
    request: ServiceRequest,
    options: VerifyOptions = {},
  ): Promise<Verification> {
    return verifyService(request, this.parts, options);
  }

  readOwner(
    service: ServiceRef,
    options: { signal?: AbortSignal } = {},
  ): Promise<string | undefined> {
    return readOwner(service, this.parts, options);
  }
}
