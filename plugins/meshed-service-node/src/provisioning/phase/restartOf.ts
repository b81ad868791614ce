import { ProvisioningReceipt } from '@meshway/plugin-meshed-service-common';
import { Kubernetes, PermissionMissingError } from '../../kubernetes';
import { Wanted } from '../context';
import { namespacePolicy, restartAfter, restartFrom } from '../receipt';
import { Survey } from '../survey/surveyService';
import {
  defaultPolicyOf,
  listWorkloadPods,
  UNREADABLE,
} from '../survey/workloadPods';

/**
 * @returns what has to be restarted. A run that ended half-way has changed the namespace already; then the pods tell, as far as
 *   they may be listed.
 */
export async function restartOf(
  wanted: Wanted,
  { namespace }: Survey,
  kubernetes: Kubernetes,
  { signal }: { signal?: AbortSignal },
): Promise<Pick<ProvisioningReceipt, 'restart'>> {
  const changed = restartAfter(wanted, namespace);
  if (changed.restart || !namespace) return changed;
  const policy = namespacePolicy(wanted);
  const pods = await listWorkloadPods(wanted.spec, kubernetes, signal).catch(
    error => {
      if (error instanceof PermissionMissingError) return [];
      throw error;
    },
  );
  const old = pods
    .map(defaultPolicyOf)
    .find(each => ![undefined, UNREADABLE, policy].includes(each));
  return old === undefined ? {} : restartFrom(wanted, old);
}
