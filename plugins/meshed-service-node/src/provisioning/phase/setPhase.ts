import {
  parseMeshedServiceSpec,
  Phase,
  ProvisioningReceipt,
} from '@meshway/plugin-meshed-service-common';
import { refuseViolations, ServiceRequest } from '../../publishing';
import { ProvisioningParts, wantedOf } from '../context';
import { PhaseOptions, PhaseRequest } from '../MeshedServiceProvisioning';
import { changePhaseByGit } from './changePhaseByGit';
import { changePhaseInCluster } from './changePhaseInCluster';
import { enforcementEvidence } from './enforcementEvidence';
import { isToEnforce, justified, phaseMove } from './phaseMove';

/** Moves a service from phase to phase, whichever way it is delivered. What cannot be judged well is refused before anything is asked. */
export async function setPhase(
  asked: PhaseRequest,
  parts: ProvisioningParts,
  options: PhaseOptions,
): Promise<ProvisioningReceipt> {
  const spec = parseMeshedServiceSpec(asked.request.service);
  const wish = phaseMove(spec.phase, asked.phase, asked.reason);
  const move = justified(
    wish,
    isToEnforce(wish)
      ? await enforcementEvidence(spec, parts, options)
      : undefined,
  );
  const request = inPhase(asked.request, asked.phase);
  const wanted = await wantedOf(request, parts, options.transferFrom);
  refuseViolations(wanted.violations);
  const change = { wanted, move, reason: asked.reason };
  return spec.delivery.mode === 'gitops'
    ? changePhaseByGit(change, parts, options)
    : changePhaseInCluster(
        { ...change, force: asked.force ?? false },
        parts,
        options,
      );
}

function inPhase(request: ServiceRequest, phase: Phase): ServiceRequest {
  return { ...request, service: { ...Object(request.service), phase } };
}
