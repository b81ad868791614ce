import { InputError } from '@backstage/errors';
import {
  formatObjectRef,
  kinds,
  names,
  ObjectRef,
  ReceiptStep,
} from '@meshway/plugin-meshed-service-common';
import { ProvisioningCluster, ProvisioningParts } from '../context';
import {
  ProvisioningOptions,
  RetirementRequest,
} from '../MeshedServiceProvisioning';
import { applicationRef, RetirementSurvey } from './surveyRetirement';
import { ObservedKubernetesObject } from '../../kubernetes';
import { waitUntil } from '../waitUntil';
import { waitUntilGone } from './waitUntilGone';

/**
 * How long is looked whether an application still comes of a registration that has just been withdrawn: Argo CD's
 * ApplicationSet controller may have read it a moment before.
 */
const SETTLE_SECONDS = 10;

/** `appeared`: the application was not there when all systems were asked, so what it has made was not seen either. */
export type RetiredApplication = { steps: ReceiptStep[]; appeared: boolean };

/** Deletes the application, or in gitops the registration that it comes from, and waits until its finalizer has done its work. */
export async function retireApplication(
  request: RetirementRequest,
  survey: RetirementSurvey,
  parts: ProvisioningParts,
  cluster: ProvisioningCluster,
  options: ProvisioningOptions,
): Promise<RetiredApplication> {
  const { kubernetes } = cluster;
  const { signal, onStep = () => undefined } = options;
  const ref = applicationRef(request.service, parts);
  const withdrawn = await withdrawRegistration(request, parts, options);
  const application =
    survey.application ??
    (await comesOf(withdrawn, ref, parts, cluster, options));
  const appeared = application !== undefined && !survey.application;
  if (!application)
    return {
      steps: [...withdrawn, { system: 'argocd', ref, outcome: 'absent' }],
      appeared,
    };
  signal?.throwIfAborted();
  if (request.delivery === 'apply') {
    onStep(`Deleting ${formatObjectRef(ref)} and what it deployed`);
    const { uid } = application.metadata;
    await kubernetes.delete(ref, { uid, signal });
  } else onStep(`Waiting for Argo CD to delete ${formatObjectRef(ref)}`);
  const isGone = await waitUntilGone(ref, application.metadata.uid, {
    parts,
    kubernetes,
    options,
  });
  const step: ReceiptStep = isGone
    ? { system: 'argocd', ref, outcome: 'deleted' }
    : {
        system: 'argocd',
        ref,
        outcome: 'waiting',
        because: 'Argo CD is still deleting what it deployed; repeat it later',
      };
  return { steps: [...withdrawn, step], appeared };
}

/** @returns the application that has come, or still comes, of a registration that there was. */
async function comesOf(
  withdrawn: readonly ReceiptStep[],
  ref: ObjectRef,
  parts: ProvisioningParts,
  { kubernetes }: ProvisioningCluster,
  options: ProvisioningOptions,
): Promise<ObservedKubernetesObject | undefined> {
  if (withdrawn.length === 0) return undefined;
  const { signal, waitSeconds = SETTLE_SECONDS } = options;
  const isNew = withdrawn.some(({ outcome }) => outcome === 'committed');
  return waitUntil(
    parts,
    { signal, waitSeconds: isNew ? Math.min(waitSeconds, SETTLE_SECONDS) : 0 },
    () => kubernetes.read(ref, { signal }),
  );
}

/**
 * Looks for the last time before the name is given up.
 *
 * @returns what is to be waited for, when Argo CD has made the application again meanwhile.
 */
export async function returnedApplication(
  request: RetirementRequest,
  parts: ProvisioningParts,
  { kubernetes }: ProvisioningCluster,
  { signal }: ProvisioningOptions,
): Promise<ReceiptStep[]> {
  if (request.delivery !== 'gitops') return [];
  const ref = applicationRef(request.service, parts);
  if (!(await kubernetes.read(ref, { signal }))) return [];
  return [
    {
      system: 'argocd',
      ref,
      outcome: 'waiting',
      because:
        'Argo CD has made it once more of a registration that it had read before, and takes it away by itself; repeat it later',
    },
  ];
}

async function withdrawRegistration(
  request: RetirementRequest,
  { publishing }: ProvisioningParts,
  options: ProvisioningOptions,
): Promise<ReceiptStep[]> {
  if (request.delivery !== 'gitops') return [];
  if (!publishing)
    throw new InputError(
      'delivery: what Argo CD delivers from a registry is retired there; use the portal, which has the registry at hand',
    );
  options.onStep?.(`Withdrawing ${names.registration(request.service)}`);
  const outcome = await publishing.registry.withdrawRegistration(
    request.service,
    request.owner,
    options,
  );
  return [
    {
      system: 'registry',
      ref: registrationRef(request),
      outcome: outcome === 'withdrawn' ? 'committed' : 'unchanged',
    },
  ];
}

/** @returns where the name is held. */
export function registrationRef({ service }: RetirementRequest): ObjectRef {
  return { ...kinds.ServiceClaim, name: names.registration(service) };
}
