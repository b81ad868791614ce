import {
  DefaultProvisioning,
  MeshedServiceProvisioning,
  MeshedServicePublishing,
  ProvisioningParts,
  systemClock,
  Systems,
} from '@meshway/plugin-meshed-service-node';
import { guardrailPackOf } from '../plans';

/** @returns provisioning over the systems of the configuration, with its repositories, its guardrails, and what is watched. */
export function provisioningOn(
  publishing: MeshedServicePublishing,
  systems: Systems,
  seen: Pick<ProvisioningParts, 'statuses' | 'traffic'>,
): MeshedServiceProvisioning {
  return new DefaultProvisioning({
    platform: publishing.config.platform,
    guardrails: () => guardrailPackOf(publishing),
    cluster: name => ({ ...systems.cluster(name), vault: systems.vault }),
    publishing,
    ...seen,
    clock: systemClock,
  });
}
