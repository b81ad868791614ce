import {
  AuditEvidence,
  formatServiceRef,
  MeshedServiceSpec,
  nameClient,
  names,
  PhaseEvidence,
  Platform,
  spanWords,
} from '@meshway/plugin-meshed-service-common';
import { ProvisioningParts } from '../context';
import { ProvisioningOptions } from '../MeshedServiceProvisioning';

/**
 * Asks those who measure traffic whom enforcement would deny: at our own Servers, and at ports of the workload that no Server
 * claims.
 *
 * @returns undefined when nothing measures the cluster.
 */
export async function enforcementEvidence(
  spec: MeshedServiceSpec,
  { traffic, platform }: ProvisioningParts,
  { signal, onStep }: ProvisioningOptions,
): Promise<PhaseEvidence | undefined> {
  if (!traffic) return undefined;
  onStep?.(`Asking whom enforcement of ${formatServiceRef(spec)} would deny`);
  const found = await traffic.audit(
    {
      cluster: spec.cluster,
      namespace: names.namespace(spec),
      servers: spec.ports.map(port => names.server(spec, port)),
      workload: names.workload(spec),
    },
    { signal },
  );
  return found && inWords(found, platform);
}

function inWords(
  { callers, because, ...evidence }: AuditEvidence,
  { mesh }: Platform,
): PhaseEvidence {
  const named = callers.map(
    ({ port, ...client }) => `${nameClient(client, mesh)} at port ${port}`,
  );
  const window = spanWords(evidence.windowSeconds);
  return {
    ...evidence,
    callers: named,
    because:
      named.length > 0
        ? `Enforcement would deny ${named.join(
            '; ',
          )}, who called in the last ${window}.`
        : because,
  };
}
