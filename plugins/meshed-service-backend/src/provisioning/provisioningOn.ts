import {
  DefaultProvisioning,
  MeshedServiceProvisioning,
  MeshedServicePublishing,
  systemClock,
  Systems,
} from '@meshway/plugin-meshed-service-node';
import { guardrailPackOf } from '../plans';

/** @returns provisioning over the systems of the configuration, with its repositories and its guardrails. */
export function provisioningOn(
  publishing: MeshedServicePublishing,
  systems: Systems,
): MeshedServiceProvisioning {
  return new DefaultProvisioning({
    platform: publishing.config.platform,
    guardrails: () => guardrailPackOf(publishing),
    cluster: name => ({ ...systems.cluster(name), vault: systems.vault }),
    publishing,
    clock: systemClock,
  });
}
