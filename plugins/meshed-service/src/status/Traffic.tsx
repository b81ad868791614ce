import { Flex, Text } from '@backstage/ui';
import BlockIcon from '@material-ui/icons/Block';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import LockOpenIcon from '@material-ui/icons/LockOpen';
import NoEncryptionIcon from '@material-ui/icons/NoEncryptionOutlined';
import PauseCircleOutlineIcon from '@material-ui/icons/PauseCircleOutline';
import VisibilityOffIcon from '@material-ui/icons/VisibilityOffOutlined';
import VisibilityOutlinedIcon from '@material-ui/icons/VisibilityOutlined';
import {
  spanWords,
  trafficWords,
  type TrafficSummary,
} from '@meshway/plugin-meshed-service-common';
import type { ElementType } from 'react';
import { formatAge, formatInstant } from '../loading';
import type { Tone } from './presentVerdict';
import { SecuredShare } from './SecuredShare';
import { Toned } from './Toned';
import styles from './Traffic.module.css';

type Observed = Extract<TrafficSummary, { kind: 'observed' }>;

/** What was seen on the wire, apart from what policy allows. No traffic and no data are said to be what they are. */
export const Traffic = (props: { traffic: TrafficSummary; now: Date }) => {
  const { traffic, now } = props;
  return (
    <Flex direction="column" gap="3" data-testid="meshway-traffic">
      <Picture traffic={traffic} />
      <Text as="p" variant="body-medium">
        {trafficWords(withoutNames(traffic))}
      </Text>
      {traffic.kind === 'observed' && <Callers traffic={traffic} />}
      {traffic.kind !== 'noData' && (
        <Group
          title="Not seen"
          icon={VisibilityOffIcon}
          tone="neutral"
          names={traffic.unseen}
        />
      )}
      <Origin traffic={traffic} now={now} />
    </Flex>
  );
};

/** The words of a card: how much was secured, and how many came otherwise. */
export const TrafficBrief = ({ traffic }: { traffic: TrafficSummary }) => {
  if (traffic.kind !== 'observed')
    return (
      <Text as="p" variant="body-small" color="secondary">
        {trafficWords(withoutNames(traffic))}
      </Text>
    );
  return (
    <Flex direction="column" gap="2" data-testid="meshway-traffic-brief">
      <SecuredShare share={traffic.securedShare} />
      <Flex gap="2" style={{ flexWrap: 'wrap' }}>
        {groups.map(({ title, icon, tone, namesIn }) => {
          const { length } = namesIn(traffic);
          return length === 0 ? null : (
            <Toned key={title} tone={tone} icon={icon}>
              {`${title}: ${length}`}
            </Toned>
          );
        })}
      </Flex>
    </Flex>
  );
};

/** The names stand in groups of their own, each once. */
function withoutNames(traffic: TrafficSummary): TrafficSummary {
  switch (traffic.kind) {
    case 'observed':
      return {
        ...traffic,
        plaintextFrom: [],
        unauthenticated: [],
        wouldBeDenied: [],
        denied: [],
        unseen: [],
      };
    case 'noTraffic':
      return { ...traffic, unseen: [] };
    default:
      return traffic;
  }
}

const Picture = ({ traffic }: { traffic: TrafficSummary }) => {
  switch (traffic.kind) {
    case 'observed':
      return <SecuredShare share={traffic.securedShare} />;
    case 'noTraffic':
      return (
        <span>
          <Toned tone="neutral" icon={PauseCircleOutlineIcon}>
            No traffic
          </Toned>
        </span>
      );
    default:
      return (
        <span>
          <Toned tone="neutral" icon={HelpOutlineIcon}>
            No data
          </Toned>
        </span>
      );
  }
};

/** Who came how, the worst first. */
const groups: ReadonlyArray<{
  title: string;
  icon: ElementType;
  tone: Tone;
  namesIn: (traffic: Observed) => readonly string[];
}> = [
  {
    title: 'In plaintext',
    icon: NoEncryptionIcon,
    tone: 'bad',
    namesIn: ({ plaintextFrom }) => plaintextFrom,
  },
  {
    title: 'In TLS that proves no mesh identity',
    icon: LockOpenIcon,
    tone: 'weak',
    namesIn: ({ unauthenticated }) => unauthenticated,
  },
  {
    title: 'Would be denied when enforced',
    icon: VisibilityOutlinedIcon,
    tone: 'watch',
    namesIn: ({ wouldBeDenied }) => wouldBeDenied,
  },
  {
    title: 'Denied',
    icon: BlockIcon,
    tone: 'neutral',
    namesIn: ({ denied }) => denied,
  },
];

const Callers = ({ traffic }: { traffic: Observed }) => (
  <>
    {groups.map(({ namesIn, ...group }) => (
      <Group key={group.title} {...group} names={namesIn(traffic)} />
    ))}
  </>
);

/** Names under what they have in common. Nothing where there is nobody. */
const Group = (props: {
  title: string;
  icon: ElementType;
  tone: Tone;
  names: readonly string[];
}) => {
  const { title, icon, tone, names } = props;
  if (names.length === 0) return null;
  return (
    <div className={styles.group}>
      <Toned tone={tone} icon={icon}>
        {title}
      </Toned>
      <ul className={styles.names} aria-label={title}>
        {names.map(name => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </div>
  );
};

/** By whom, when and for how long it was seen. */
const Origin = ({ traffic, now }: { traffic: TrafficSummary; now: Date }) => {
  const { source, observedAt } = traffic;
  if (!source) return null;
  return (
    <Text as="p" variant="body-small" color="secondary">
      From {source}
      {traffic.kind !== 'noData' &&
        `, over ${spanWords(traffic.windowSeconds)}`}
      {observedAt && (
        <>
          ,{' '}
          <time dateTime={observedAt} title={formatInstant(observedAt, now)}>
            {formatAge(observedAt, now)}
          </time>
        </>
      )}
      .{' '}
      {traffic.kind !== 'noData' &&
        traffic.outdated &&
        `There is nothing newer: ${traffic.outdated}`}
    </Text>
  );
};
