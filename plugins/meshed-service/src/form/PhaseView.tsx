import { Alert, Flex, Text } from '@backstage/ui';
import {
  phasePolicy,
  type MeshStatus,
  type phases,
} from '@meshway/plugin-meshed-service-common';
import { AskForAccess, CouldNotLoad, Waiting, type Loadable } from '../loading';
import { presentVerdict } from '../status/presentVerdict';
import { staleOf } from '../status/staleOf';
import { Toned } from '../status/Toned';
import { Traffic } from '../status/Traffic';
import styles from './review.module.css';

type Phase = (typeof phases)[number];

const WHAT = 'where this service stands';

/** What a phase would make of a service: before one is chosen, while it is asked, when nobody can say, and when it was seen. */
export const PhaseView = (props: {
  /** Absent as long as service or phase is not chosen. */
  status?: Loadable<MeshStatus>;
  to?: Phase;
  now?: Date;
}) => (
  <section aria-label="What would change" data-testid="meshway-phase">
    <Change {...props} />
  </section>
);

const Change = (props: {
  status?: Loadable<MeshStatus>;
  to?: Phase;
  now?: Date;
}) => {
  const { status, to, now = new Date() } = props;
  if (!status || !to)
    return (
      <Text as="p" variant="body-medium" color="secondary">
        Choose a service and a phase, and here stands what would change.
      </Text>
    );
  switch (status.kind) {
    case 'loading':
      return <Waiting says="Looking where the service stands" />;
    case 'denied':
      return <AskForAccess what={WHAT} because={status.because} />;
    case 'missing':
      return <Alert status="info" icon title={status.because} />;
    case 'failed':
      return (
        <CouldNotLoad what={WHAT} error={status.error} retry={status.retry} />
      );
    default:
      return (
        <Flex direction="column" gap="4">
          <Warning status={status.value} to={to} />
          <Ports
            status={status.value}
            to={to}
            isPast={staleOf(status.value, status.readAt, now) !== undefined}
          />
          <p className={styles.sentence}>
            Ports that the service does not declare follow the namespace, whose
            policy pods take when they start: restart the workload afterwards.
          </p>
          <section aria-label="Traffic">
            <Text as="h4" variant="body-large" weight="bold">
              Who calls it
            </Text>
            <Traffic traffic={status.value.traffic} now={now} />
          </section>
        </Flex>
      );
  }
};

/** What was seen that speaks against it. That nothing was seen is no leave. */
const Warning = ({ status, to }: { status: MeshStatus; to: Phase }) => {
  const { traffic } = status;
  if (to !== 'enforce') return null;
  if (traffic.kind !== 'observed')
    return (
      <Alert
        status="warning"
        icon
        role="status"
        title="Nobody can say whom enforce would cut off"
        description="No caller was seen, and that is no proof that there is none."
      />
    );
  const cut = [
    ...new Set([...traffic.wouldBeDenied, ...traffic.plaintextFrom]),
  ];
  return cut.length === 0 ? (
    <Alert
      status="info"
      icon
      role="status"
      title="Of those who were seen, enforce cuts off nobody"
    />
  ) : (
    <Alert
      status="danger"
      icon
      role="alert"
      data-testid="meshway-phase-cut"
      title={`Enforce would cut off ${
        cut.length === 1 ? 'one caller' : `${cut.length} callers`
      }`}
      description={`Declare or mesh them first: ${cut.join('; ')}.`}
    />
  );
};

const Ports = (props: { status: MeshStatus; to: Phase; isPast: boolean }) => {
  const { status, to, isPast } = props;
  if (status.ports.length === 0)
    return (
      <p className={styles.sentence}>
        Nothing has been seen of its ports yet. Its Servers get the access
        policy <code>{phasePolicy[to]}</code>.
      </p>
    );
  return (
    <ul className={styles.list} data-testid="meshway-phase-ports">
      {status.ports.map(({ port, name, verdict }) => {
        const { label, icon, tone } = presentVerdict(verdict);
        return (
          <li key={`${port} ${name ?? ''}`}>
            Port <code>{port}</code> {name && <code>{name}</code>}{' '}
            {isPast ? 'was' : 'is'}{' '}
            <Toned tone={isPast ? 'neutral' : tone} icon={icon}>
              {label}
            </Toned>{' '}
            and its Server gets the access policy <code>{phasePolicy[to]}</code>
            .
          </li>
        );
      })}
    </ul>
  );
};
