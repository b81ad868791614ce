import { Alert, Flex, Text } from '@backstage/ui';
import {
  formatObjectRef,
  type PlanResponse,
} from '@meshway/plugin-meshed-service-common';
import { objectionsTo } from './objections';
import { Changes } from './Changes';
import { ProvisioningView } from './ProvisioningView';
import styles from './review.module.css';
import { splitDocuments } from './splitDocuments';

type Planned = Extract<PlanResponse, { kind: 'planned' }>;

const changeWords: Record<Planned['files'][number]['change'], string> = {
  create: 'new',
  change: 'changed',
  delete: 'deleted',
  unchanged: 'unchanged',
  conflict: 'in the way',
};
const ownershipWords: Record<Planned['files'][number]['ownership'], string> = {
  managed: 'managed by the platform',
  shared: 'shared',
  team: "the team's own afterwards",
};

/** A request that was understood: what stands against it, what would happen where, its names, its files. */
export const PlanView = ({ plan }: { plan: Planned }) => (
  <Flex direction="column" gap="5" data-testid="meshway-plan">
    <Outcome plan={plan} />
    <Violations violations={plan.violations} />
    <ProvisioningView
      plan={plan.provisioning}
      unknown={plan.provisioningUnknown}
    />
    <section aria-label="Names">
      <Text as="h4" variant="body-large" weight="bold">
        Names made from it
      </Text>
      <dl className={styles.names}>
        {plan.derivedNames.map(({ what, value, limit }) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>
              <code>{value}</code>{' '}
              <span className={styles.quiet}>
                {value.length} of {limit} characters
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
    <section aria-label="Files">
      <Text as="h4" variant="body-large" weight="bold">
        Files in the repository {plan.spec.delivery.repository}
      </Text>
      <ul className={styles.list} data-testid="meshway-files">
        {plan.files.map(({ path, change, ownership, changes = [] }) => (
          <li key={path}>
            <code>{path}</code>{' '}
            <span className={styles.quiet}>
              {changeWords[change]}, {ownershipWords[ownership]}
            </span>
            <Changes changes={changes} />
          </li>
        ))}
      </ul>
    </section>
    <section aria-label="Objects">
      <Text as="h4" variant="body-large" weight="bold">
        Objects, as they will be judged and written
      </Text>
      {splitDocuments(plan.objects).map(({ title, text }, index) => (
        <details key={`${index} ${title}`} className={styles.document}>
          <summary>{title}</summary>
          <pre>{text}</pre>
        </details>
      ))}
    </section>
  </Flex>
);

const Outcome = ({ plan }: { plan: Planned }) => {
  const objections = objectionsTo(plan).length;
  if (plan.taken)
    return (
      <Alert
        status="danger"
        icon
        role="alert"
        data-testid="meshway-taken"
        title={
          plan.taken.owner
            ? `The name is taken by ${plan.taken.owner}`
            : 'The repository is in use'
        }
        description={plan.taken.message}
      />
    );
  if (objections > 0)
    return (
      <Alert
        status="danger"
        icon
        role="alert"
        title="This request would be refused"
        description="Go back to change it. Nothing has been written."
      />
    );
  return (
    <Alert
      status="info"
      icon
      role="status"
      data-testid="meshway-clear"
      title="Nothing stands against it"
      description={
        plan.files.every(({ change }) => change === 'unchanged')
          ? 'Everything in the repository is there already; creating it again changes nothing there.'
          : 'Every rule of the platform holds. The server checks again when it writes.'
      }
    />
  );
};

const Violations = ({ violations }: { violations: Planned['violations'] }) => {
  if (violations.length === 0) return null;
  return (
    <ul
      className={styles.violations}
      aria-label="Violations"
      data-testid="meshway-violations"
    >
      {violations.map(violation => (
        <li key={`${violation.code} ${formatObjectRef(violation.ref)}`}>
          <Text as="h4" variant="body-medium" weight="bold">
            {violation.code}: {violation.title}
          </Text>
          <Text as="p" variant="body-medium">
            {violation.message}
          </Text>
          <Text as="p" variant="body-small" color="secondary">
            In <code>{formatObjectRef(violation.ref)}</code>
            {violation.path && (
              <>
                , <code>{violation.path}</code>
              </>
            )}
            . Why: {violation.why}
          </Text>
          <Text as="p" variant="body-medium">
            <strong>What to do:</strong> {violation.fix}
          </Text>
        </li>
      ))}
    </ul>
  );
};
