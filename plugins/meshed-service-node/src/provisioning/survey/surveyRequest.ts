import { Problem } from '@meshway/plugin-meshed-service-common';
import { ProvisioningCluster, ProvisioningParts, Wanted } from '../context';
import { forwardProblems } from '../phase/phaseSeen';
import { claimProblems } from './claim';
import { Survey, surveyService } from './surveyService';

/** @returns all that was read about a request, with everything that stands against making it so. */
export async function surveyRequest(
  wanted: Wanted,
  parts: ProvisioningParts,
  cluster: ProvisioningCluster,
  signal?: AbortSignal,
): Promise<{ survey: Survey; problems: Problem[] }> {
  const [survey, taken] = await Promise.all([
    surveyService(wanted, parts, cluster, signal),
    claimProblems(wanted, parts),
  ]);
  return {
    survey,
    problems: [
      ...taken,
      ...survey.problems,
      ...forwardProblems(wanted, survey),
    ],
  };
}
