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
import { waitUntilGone } from './waitUntilGone';

/** Deletes the application, or in gitops the registration that it comes from, and waits until its finalizer has done its work. */
export async function retireApplication(
  request: RetirementRequest,
  { application }: RetirementSurvey,
  parts: ProvisioningParts,
  { kubernetes }: ProvisioningCluster,
  options: ProvisioningOptions,
): Promise<ReceiptStep[]> {
  const { signal, onStep = () => undefined } = options;
  const ref = applicationRef(request.service, parts);
  const withdrawn = await withdrawRegistration(request, parts, options);
  if (!application)
    return [...withdrawn, { system: 'argocd', ref, outcome: 'absent' }];
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
  return [
    ...withdrawn,
    isGone
      ? { system: 'argocd', ref, outcome: 'deleted' }
      : {
          system: 'argocd',
          ref,
          outcome: 'waiting',
          because:
            'Argo CD is still deleting what it deployed; repeat it later',
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
