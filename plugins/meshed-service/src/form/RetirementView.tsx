import { Alert, Flex, Text } from '@backstage/ui';
import {
  formatObjectRef,
  type ObjectRef,
  type PlannedObject,
  type RetirementPlan,
} from '@meshway/plugin-meshed-service-common';
import type { ReactNode } from 'react';
import { AskForAccess, CouldNotLoad, Waiting, type Loadable } from '../loading';
import { LongList } from './LongList';
import { ProblemList } from './ProblemList';
import { fateOfNamespace, secretsFirst } from './retirement';
import styles from './review.module.css';

const WHAT = 'what retiring this service would delete';

/** What retiring a service would do: before one is chosen, while it is asked, when nobody can say, and when it is known. */
export const RetirementView = (props: {
  /** Absent as long as no service is chosen. */
  plan?: Loadable<RetirementPlan>;
  /** What was typed as the name of the namespace. */
  typed?: string;
}) => (
  <section aria-label="What would go" data-testid="meshway-retirement">
    <Retirement plan={props.plan} typed={props.typed} />
  </section>
);

const Retirement = (props: {
  plan?: Loadable<RetirementPlan>;
  typed?: string;
}) => {
  const { plan } = props;
  if (!plan)
    return (
      <Text as="p" variant="body-medium" color="secondary">
        Choose a service, and here stands what would go and what would stay.
      </Text>
    );
  switch (plan.kind) {
    case 'loading':
      return (
        <Waiting
          says="Asking what would go"
          because="The cluster, Vault and Argo CD are asked, and none of them is changed."
        />
      );
    case 'denied':
      return (
        <AskForAccess what={WHAT} because={plan.because} whom={plan.whom} />
      );
    case 'missing':
      return <Alert status="info" icon title={plan.because} />;
    case 'failed':
      return <CouldNotLoad what={WHAT} error={plan.error} retry={plan.retry} />;
    default:
      return <Plan plan={plan.value} typed={props.typed} />;
  }
};

const Plan = (props: { plan: RetirementPlan; typed?: string }) => {
  const { plan, typed } = props;
  const { goes, sentence } = fateOfNamespace(plan);
  const leaving = plan.objects.filter(({ action }) => action === 'delete');
  const staying = plan.objects.filter(({ action }) => action !== 'delete');
  return (
    <Flex direction="column" gap="5">
      <Outcome plan={plan} leaving={leaving.length} />
      <ProblemList
        problems={plan.problems}
        testId="meshway-retirement-problems"
      />
      {leaving.length > 0 && (
        <Part title="What goes, in this order">
          <LongList
            ordered
            label="What goes, in this order"
            testId="meshway-retirement-objects"
            items={leaving}
            keyOf={({ system, ref }) => `${system} ${formatObjectRef(ref)}`}
          >
            {({ system, ref }) => (
              <Named object={ref} says={places[system] ?? system} />
            )}
          </LongList>
        </Part>
      )}
      <Part title="The namespace">
        <p
          className={styles.sentence}
          data-testid="meshway-retirement-namespace"
        >
          {sentence}
          {goes && <> {confirmed(plan.namespace.name, typed)}</>}
        </p>
      </Part>
      <Unseen unseen={plan.unseen} goes={goes} />
      <Part title="What stays">
        <LongList<{ ref: ObjectRef; because: string }>
          label="What stays"
          testId="meshway-retirement-stays"
          items={[
            ...staying.map(({ ref, because = 'it stays' }) => ({
              ref,
              because,
            })),
            ...plan.foreign.map(ref => ({
              ref,
              because: 'belongs to others, who alone may delete it',
            })),
          ]}
          keyOf={({ ref }) => formatObjectRef(ref)}
        >
          {({ ref, because }) => <Named object={ref} says={because} />}
        </LongList>
        <p className={styles.sentence}>
          The repository stays, so that the service can be made again.
        </p>
      </Part>
    </Flex>
  );
};

const places: Partial<Record<PlannedObject['system'], string>> = {
  kubernetes: 'on the cluster',
  vault: 'in Vault',
  argocd: 'in Argo CD, which takes along what it has delivered',
  registry: 'in the registry',
  repository: 'in the repository',
};

function confirmed(name: string, typed: string | undefined): string {
  if (!typed) return 'Only when its name is typed below.';
  return typed === name
    ? 'Its name is typed.'
    : `Only when its name is typed below; ${typed} is another one.`;
}

const Outcome = (props: { plan: RetirementPlan; leaving: number }) => {
  const { plan, leaving } = props;
  if (plan.problems.length > 0)
    return (
      <Alert
        status="danger"
        icon
        role="alert"
        title="Something stands against it"
        description="Nothing is deleted as long as it does."
      />
    );
  if (leaving === 0 && plan.namespace.action === 'absent')
    return (
      <Alert
        status="info"
        icon
        role="status"
        data-testid="meshway-retirement-empty"
        title="Nothing of it is there"
        description="Retiring it again deletes nothing, and gives its name back where it is still held."
      />
    );
  return (
    <Alert
      status="warning"
      icon
      role="status"
      title="This cannot be undone"
      description={`${
        leaving === 1 ? 'One object goes' : `${leaving} objects go`
      } from ${plan.service}, which belongs to ${
        plan.owner
      }. The server looks again before it deletes.`}
    />
  );
};

const Unseen = (props: { unseen: string[]; goes: boolean }) => {
  if (props.unseen.length === 0) return null;
  return (
    <Part title="What nobody can list">
      <LongList
        label="What nobody can list"
        testId="meshway-retirement-unseen"
        items={secretsFirst(props.unseen)}
        keyOf={resource => resource}
      >
        {resource => (
          <>
            <code>{resource}</code>{' '}
            <span className={styles.quiet}>
              {resource === 'secrets'
                ? 'the portal never reads Secrets, so it cannot say whose they are'
                : 'the portal may not list them, so it cannot say whose they are'}
              {props.goes ? '; they go with the namespace' : '; they stay'}
            </span>
          </>
        )}
      </LongList>
    </Part>
  );
};

const Named = (props: { object: ObjectRef; says: string }) => (
  <>
    <code>{formatObjectRef(props.object)}</code>{' '}
    <span className={styles.quiet}>{props.says}</span>
  </>
);

const Part = (props: { title: string; children: ReactNode }) => (
  <section aria-label={props.title}>
    <Text as="h4" variant="body-large" weight="bold">
      {props.title}
    </Text>
    {props.children}
  </section>
);
