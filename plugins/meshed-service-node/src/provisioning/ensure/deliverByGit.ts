import {
  kinds,
  names,
  ProvisioningReceipt,
  ReceiptStep,
} from '@meshway/plugin-meshed-service-common';
import { Receipt } from '../../publishing';
import { ProvisioningCluster, ProvisioningParts, Wanted } from '../context';
import { ProvisioningOptions } from '../MeshedServiceProvisioning';
import { repositoryOf } from '../receipt';
import { LeftInVault } from '../survey/leftInVault';
import { waitUntil } from '../waitUntil';
import { clearVaultByGit } from './clearVaultByGit';
import { refuseUnlessOurs } from './writeObject';
import { writeVault } from './writeVault';

/** What was committed, and what Argo CD has made of it so far. */
export type Delivered = {
  steps: ReceiptStep[];
  facts: Pick<ProvisioningReceipt, 'namespaceUid' | 'repository'>;
};

/**
 * Commits repository and registration, waits until Argo CD has made the namespace, and then writes the Vault role. The cluster
 * is only read: it has one writer, and that is Argo CD.
 *
 * @param left - what is taken out of Vault of a service that asks for no secrets any more.
 */
export async function deliverByGit(
  wanted: Wanted,
  parts: ProvisioningParts,
  cluster: ProvisioningCluster,
  options: ProvisioningOptions,
  left: LeftInVault = { removals: [] },
): Promise<Delivered> {
  const { onStep = () => undefined } = options;
  const published = await parts.publishing?.publish(wanted.request, options);
  const committed = published ? [registrationStep(wanted, published)] : [];
  const repository = published ? { repository: repositoryOf(published) } : {};
  if (!wanted.role)
    return {
      steps: [
        ...committed,
        ...(await clearVaultByGit(left, parts, cluster, options)),
      ],
      facts: repository,
    };

  onStep(
    `Waiting for Argo CD to make namespace ${names.namespace(wanted.spec)}`,
  );
  const namespaceUid = await awaitNamespace(wanted, parts, cluster, options);
  if (namespaceUid === undefined || !cluster.vault)
    return {
      steps: [
        ...committed,
        {
          system: 'vault',
          ref: wanted.role.ref,
          outcome: 'waiting',
          because:
            'Argo CD has not made the namespace yet; repeat it, or let verify wait',
        },
      ],
      facts: repository,
    };
  onStep('Writing the Vault role');
  return {
    steps: [
      ...committed,
      ...(await writeVault(cluster.vault, wanted, options.signal)),
    ],
    facts: { ...repository, namespaceUid },
  };
}

/** @returns the uid of the namespace once it carries our record, or undefined when the time is up. */
export async function awaitNamespace(
  { spec, holder }: Wanted,
  parts: ProvisioningParts,
  { kubernetes }: ProvisioningCluster,
  options: Pick<ProvisioningOptions, 'signal' | 'waitSeconds'>,
): Promise<string | undefined> {
  const ref = { ...kinds.Namespace, name: names.namespace(spec) };
  const { signal } = options;
  return waitUntil(parts, options, async () => {
    const namespace = await kubernetes.read(ref, { signal });
    if (!namespace) return undefined;
    refuseUnlessOurs(namespace, holder);
    return namespace.metadata.uid;
  });
}

/** The registration is what makes Argo CD look at the repository; both are written by publishing. */
export function registrationStep(
  { spec }: Wanted,
  { outcome }: Receipt,
): ReceiptStep {
  return {
    system: 'registry',
    ref: { ...kinds.ArgoRegistration, name: names.registration(spec) },
    outcome: outcome === 'created' ? 'committed' : 'unchanged',
  };
}
