import { ObjectRef } from '@meshway/plugin-meshed-service-common';
import { ProvisioningCluster, ProvisioningParts } from '../context';
import { ProvisioningOptions } from '../MeshedServiceProvisioning';
import { waitUntil } from '../waitUntil';

/** @returns whether exactly this object is gone before the time is up. */
export async function waitUntilGone(
  ref: ObjectRef,
  uid: string,
  {
    parts,
    kubernetes,
    options,
  }: {
    parts: ProvisioningParts;
    kubernetes: ProvisioningCluster['kubernetes'];
    options: ProvisioningOptions;
  },
): Promise<boolean> {
  const gone = await waitUntil(parts, options, async () => {
    const there = await kubernetes.read(ref, { signal: options.signal });
    return there?.metadata.uid === uid ? undefined : true;
  });
  return gone ?? false;
}
