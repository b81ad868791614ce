import {
  annotations,
  formatServiceRef,
  kinds,
  KubernetesObject,
  names,
  ProvisioningReceipt,
  ReceiptStep,
} from '@meshway/plugin-meshed-service-common';
import { ObservedKubernetesObject } from '../kubernetes';
import { Receipt } from '../publishing';
import { ProvisioningParts, Wanted } from './context';
import { ProvisioningOptions } from './MeshedServiceProvisioning';

/** @returns what a write did, from the steps that it took. */
export function receiptFrom(
  { spec, holder }: Wanted,
  { clock }: ProvisioningParts,
  { created }: ProvisioningOptions,
  steps: readonly ReceiptStep[],
  facts: Partial<ProvisioningReceipt> = {},
): ProvisioningReceipt {
  return {
    service: formatServiceRef(holder.service),
    owner: holder.owner,
    delivery: spec.delivery.mode,
    operation: 'ensure',
    outcome: outcomeOf(steps),
    at: new Date(clock.now()).toISOString(),
    by: created.by,
    steps: [...steps],
    ...facts,
  };
}

export function outcomeOf(
  steps: readonly ReceiptStep[],
): ProvisioningReceipt['outcome'] {
  const some = (...outcomes: ReadonlyArray<ReceiptStep['outcome']>) =>
    steps.some(({ outcome }) => outcomes.includes(outcome));
  if (some('waiting', 'left')) return 'partial';
  if (some('proposed')) return 'proposed';
  return some('created', 'changed', 'deleted', 'committed')
    ? 'written'
    : 'unchanged';
}

/** @returns what has to be restarted, when the namespace's default policy is another than the one that pods started with. */
export function restartAfter(
  wanted: Wanted,
  before: ObservedKubernetesObject | undefined,
): Pick<ProvisioningReceipt, 'restart'> {
  const policy = defaultPolicyOf(before);
  return policy === undefined || policy === namespacePolicy(wanted)
    ? {}
    : restartFrom(wanted, policy);
}

/** @returns that pods have to be restarted which started with another default policy than the namespace has. */
export function restartFrom(
  wanted: Wanted,
  policy: string,
): Required<Pick<ProvisioningReceipt, 'restart'>> {
  const { spec } = wanted;
  return {
    restart: {
      ref: {
        ...kinds.Deployment,
        namespace: names.namespace(spec),
        name: names.workload(spec),
      },
      because: `Ports that the service does not declare follow the namespace's default policy (${namespacePolicy(
        wanted,
      )}), which pods take when they start; until then they keep ${policy}.`,
    },
  };
}

/** @returns the default policy that the namespace shall have. */
export function namespacePolicy({ objects }: Wanted): string | undefined {
  return defaultPolicyOf(
    objects.find(({ kind }) => kind === kinds.Namespace.kind),
  );
}

function defaultPolicyOf(namespace: KubernetesObject | undefined) {
  return namespace?.metadata.annotations?.[
    annotations.linkerdDefaultInboundPolicy
  ];
}

/** @returns the repository's part of a receipt. */
export function repositoryOf(
  receipt: Receipt,
): NonNullable<ProvisioningReceipt['repository']> {
  const { repository, branch, commit, html, change } = receipt;
  return {
    name: repository,
    branch,
    commit,
    html,
    ...(change ? { change: change.url } : {}),
  };
}
