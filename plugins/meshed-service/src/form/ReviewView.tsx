import { Alert, Flex } from '@backstage/ui';
import type { PlanResponse } from '@meshway/plugin-meshed-service-common';
import { AskForAccess, CouldNotLoad, Waiting, type Loadable } from '../loading';
import { PlanView } from './PlanView';
import styles from './review.module.css';

/** What a request would do: while it is asked, when it may not be asked, when it is refused, and when it may be. */
export const ReviewView = ({ plan }: { plan: Loadable<PlanResponse> }) => (
  <section aria-label="Review" data-testid="meshway-review">
    <Review plan={plan} />
  </section>
);

const Review = ({ plan }: { plan: Loadable<PlanResponse> }) => {
  switch (plan.kind) {
    case 'loading':
      return <Waiting says="Checking the request" />;
    case 'denied':
      return (
        <AskForAccess
          what="what this request would do"
          because={plan.because}
          whom={plan.whom}
        />
      );
    case 'missing':
      return <p>{plan.because}</p>;
    case 'failed':
      return (
        <CouldNotLoad
          what="what this request would do"
          error={plan.error}
          retry={plan.retry}
        />
      );
    default:
      return plan.value.kind === 'refused' ? (
        <Refused problems={plan.value.problems} />
      ) : (
        <PlanView plan={plan.value} />
      );
  }
};

const Refused = (props: {
  problems: Array<{ path: string; message: string }>;
}) => (
  <Flex direction="column" gap="3" data-testid="meshway-problems">
    <Alert
      status="danger"
      icon
      role="alert"
      title={
        props.problems.length === 1
          ? 'One field has to change'
          : `${props.problems.length} fields have to change`
      }
      description="Go back to correct them. Nothing has been written."
    />
    <ul className={styles.list}>
      {props.problems.map(({ path, message }) => (
        <li key={`${path} ${message}`}>
          {path && <code>{path}</code>} {message}
        </li>
      ))}
    </ul>
  </Flex>
);
