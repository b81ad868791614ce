import { Text } from '@backstage/ui';
import BlockIcon from '@material-ui/icons/Block';
import BrokenImageIcon from '@material-ui/icons/BrokenImageOutlined';
import CheckIcon from '@material-ui/icons/Check';
import HistoryIcon from '@material-ui/icons/History';
import LockOutlinedIcon from '@material-ui/icons/LockOutlined';
import type {
  Freshness,
  SourceStatus,
} from '@meshway/plugin-meshed-service-common';
import type { ElementType } from 'react';
import { formatAge, formatInstant } from '../loading';
import { freshnessWords } from './freshnessWords';
import type { Tone } from './presentVerdict';
import styles from './Sources.module.css';
import { staleOf } from './staleOf';
import { Toned } from './Toned';

const looks: Record<Freshness, { icon: ElementType; tone: Tone }> = {
  forbidden: { icon: LockOutlinedIcon, tone: 'bad' },
  unreadable: { icon: BrokenImageIcon, tone: 'bad' },
  stale: { icon: HistoryIcon, tone: 'weak' },
  // Grey: that a source is current is no promise about a service.
  current: { icon: CheckIcon, tone: 'neutral' },
  notInstalled: { icon: BlockIcon, tone: 'neutral' },
};
const order = Object.keys(looks);

/** Every source that the status rests on: how old and how whole. Those that are not first. */
export const Sources = (props: { sources: SourceStatus[]; now: Date }) => {
  if (props.sources.length === 0)
    return (
      <Text as="p" variant="body-medium" color="secondary">
        No source is configured for this cluster, so nothing is ever observed
        there.
      </Text>
    );
  const sorted = [...props.sources].sort(
    (a, b) => order.indexOf(a.freshness) - order.indexOf(b.freshness),
  );
  return (
    <ul className={styles.list} aria-label="Sources">
      {sorted.map(item => (
        <Source
          key={`${item.source} ${item.kind} ${item.namespace ?? ''}`}
          item={item}
          now={props.now}
        />
      ))}
    </ul>
  );
};

const Source = ({ item, now }: { item: SourceStatus; now: Date }) => {
  const { icon, tone } = looks[item.freshness];
  // What a snapshot says is whole, and still of the day that it was taken.
  const isPast =
    item.freshness === 'current' && staleOf(item, undefined, now) !== undefined;
  return (
    <li data-freshness={item.freshness}>
      <span className={styles.line}>
        <strong>
          {item.kind}
          {item.namespace && ` in ${item.namespace}`}
        </strong>
        <Toned tone={tone} icon={isPast ? HistoryIcon : icon}>
          {isPast ? 'as it was' : freshnessWords[item.freshness]}
          {item.freshness === 'stale' &&
            item.observedAt &&
            ` since ${formatInstant(item.observedAt, now)}`}
        </Toned>
        {item.observedAt && (
          <time dateTime={item.observedAt} className={styles.source}>
            {formatAge(item.observedAt, now)}
          </time>
        )}
        <span className={styles.source}>{item.source}</span>
      </span>
      {item.message && <p className={styles.message}>{item.message}</p>}
    </li>
  );
};
