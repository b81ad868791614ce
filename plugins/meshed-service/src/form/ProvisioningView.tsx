import { Alert, Text } from '@backstage/ui';
import {
  formatObjectRef,
  type PlannedObject,
  type ProvisioningPlan,
} from '@meshway/plugin-meshed-service-common';
import { Changes } from './Changes';
import { ProblemList } from './ProblemList';
import styles from './review.module.css';

const actionWords: Record<PlannedObject['action'], string> = {
  create: 'new',
  change: 'changed',
  unchanged: 'unchanged',
  conflict: 'in the way',
  delete: 'deleted, no longer asked for',
  left: 'stays',
  awaited: 'written by Argo CD',
};

/** What would happen past the repository: on the cluster, in Vault and in Argo CD. Nothing where a portal only looks there. */
export const ProvisioningView = (props: {
  plan: ProvisioningPlan | undefined;
  unknown: string | undefined;
}) => {
  const { plan, unknown } = props;
  if (unknown)
    return (
      <Alert
        status="warning"
        icon
        role="alert"
        data-testid="meshway-provisioning-unknown"
        title="Nobody can say what would happen on the cluster"
        description={unknown}
      />
    );
  if (!plan) return null;
  return (
    <section aria-label="Cluster, Vault and Argo CD">
      <Text as="h4" variant="body-large" weight="bold">
        On the cluster, in Vault and in Argo CD
      </Text>
      <ProblemList
        problems={plan.problems}
        testId="meshway-provisioning-problems"
      />
      <ul className={styles.list} data-testid="meshway-provisioning">
        {plan.objects.map(object => (
          <li key={`${object.system} ${formatObjectRef(object.ref)}`}>
            <code>{formatObjectRef(object.ref)}</code>{' '}
            <span className={styles.quiet}>{describe(object)}</span>
            <Changes changes={object.changes ?? []} />
          </li>
        ))}
      </ul>
    </section>
  );
};

function describe({ action, because, conflicts = [] }: PlannedObject): string {
  const by = conflicts
    .map(({ with: whom, field }) => (field ? `${field}: ${whom}` : whom))
    .join(', ');
  return [actionWords[action], because ?? by].filter(Boolean).join(', ');
}
