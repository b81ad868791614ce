import {
  kinds,
  ProvisioningReceipt,
  ReceiptStep,
} from '@meshway/plugin-meshed-service-common';
import { Receipt } from '../../publishing';
import { ProvisioningParts, Wanted } from '../context';
import { ProvisioningOptions } from '../MeshedServiceProvisioning';
import { repositoryOf } from '../receipt';

/** What the repository of a service that we apply ourselves has come to hold. */
export type Recorded = {
  steps: ReceiptStep[];
  facts: Pick<ProvisioningReceipt, 'repository'>;
};

const nothing: Recorded = { steps: [], facts: {} };

/**
 * Where we write the cluster ourselves, the repository holds the team's files and the stamp. A new name is claimed and its
 * repository made before the cluster is written: whoever loses the name has left nothing there, and Argo CD finds what it
 * shall deploy. Other answers of a service that exists are recorded after it: the stamp says what is, and not what was tried.
 *
 * Where there are no repositories (on the command line), both do nothing.
 */
export async function recordByGit(
  { request, spec, holder }: Wanted,
  { publishing }: ProvisioningParts,
  options: ProvisioningOptions,
): Promise<{ before(): Promise<Recorded>; after(): Promise<Recorded> }> {
  if (!publishing)
    return { before: async () => nothing, after: async () => nothing };
  const { outcome } = await publishing.plan(request, options);
  const recorded = (receipt: Receipt): Recorded => ({
    steps: [
      {
        system: 'repository',
        ref: { ...kinds.MeshedService, name: spec.name },
        outcome: receipt.outcome === 'unchanged' ? 'unchanged' : 'committed',
      },
    ],
    facts: { repository: repositoryOf(receipt) },
  });
  // While a service is handed over the claim names the owner before.
  const isHandover = outcome === 'taken' && holder.transferFrom !== undefined;
  const isChange = outcome === 'change' || isHandover;
  return {
    before: async () =>
      isChange ? nothing : recorded(await publishing.publish(request, options)),
    async after() {
      if (!isChange) return nothing;
      options.onStep?.('Recording the answers in the stamp');
      const changed = await publishing.change(request, options);
      // The claim follows a change of owner once the stamp has it.
      await publishing.publish(request, options);
      return recorded(changed);
    },
  };
}
