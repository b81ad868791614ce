import { toError } from '@backstage/errors';
import {
  MeshedServiceSpec,
  PlanResponse,
  serviceRefOf,
} from '@meshway/plugin-meshed-service-common';
import type {
  MeshedServiceProvisioning,
  MeshedServicePublishing,
  ServiceRequest,
} from '@meshway/plugin-meshed-service-node';
import type { RecordedServices } from '../provisioning';

/** A form waits for a plan; a cluster that is away may not keep it waiting. */
const LONGEST_MILLISECONDS = 15_000;

type InCluster = Pick<
  Extract<PlanResponse, { kind: 'planned' }>,
  'provisioning' | 'provisioningUnknown'
>;

/** @returns what a request would do beyond the repository, as far as the portal writes there and the caller may see it. */
export async function provisioningPlanFor(
  request: ServiceRequest,
  spec: MeshedServiceSpec,
  {
    publishing,
    provisioning,
    recorded,
  }: {
    publishing: Pick<MeshedServicePublishing, 'config'>;
    provisioning: Pick<MeshedServiceProvisioning, 'plan'>;
    recorded: Pick<RecordedServices, 'ownerOf'>;
  },
  caller: {
    maySee: (owner: string | undefined) => boolean;
    signal: AbortSignal;
    /** Who holds it, when a handover is meant. */
    transferFrom?: string;
  },
): Promise<InCluster> {
  const isWritten = publishing.config.clusters.some(
    ({ name, access }) => name === spec.cluster && access !== undefined,
  );
  if (!isWritten) return {};
  const tooLong = AbortSignal.timeout(LONGEST_MILLISECONDS);
  const options = {
    signal: AbortSignal.any([caller.signal, tooLong]),
    transferFrom: caller.transferFrom,
  };
  try {
    const holder = await recorded.ownerOf(serviceRefOf(spec), options);
    const isTaken = holder !== undefined && holder !== spec.owner;
    if (isTaken && !caller.maySee(holder)) return {};
    return { provisioning: await provisioning.plan(request, options) };
  } catch (error) {
    return {
      provisioningUnknown: tooLong.aborted
        ? `${spec.cluster}: no answer in ${LONGEST_MILLISECONDS / 1000} seconds`
        : toError(error).message,
    };
  }
}
