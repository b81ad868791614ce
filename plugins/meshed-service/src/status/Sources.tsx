import { Text } from '@backstage/ui';
import type { SourceStatus } from '@meshway/plugin-meshed-service-common';
import { formatAge } from '../loading';
import styles from './Sources.module.css';

const freshnessWords: Record<SourceStatus['freshness'], string> = {
  current: 'current',
  stale: 'stale',
  forbidden: 'may not be read',
  notInstalled: 'not installed',
  unreadable: 'could not be read',
};

/** Every source that the status rests on: how old and how whole. */
export const Sources = (props: { sources: SourceStatus[]; now: Date }) => {
  if (props.sources.length === 0)
    return (
      <Text as="p" variant="body-medium" color="secondary">
        No source is configured for this cluster, so nothing is ever observed
        there.
      </Text>
    );
  return (
    <ul className={styles.list} aria-label="Sources">
      {props.sources.map(item => (
        <li
          key={`${item.source} ${item.kind} ${item.namespace ?? ''}`}
          data-freshness={item.freshness}
        >
          <strong>{item.kind}</strong>
          {item.namespace && ` in ${item.namespace}`}:{' '}
          {freshnessWords[item.freshness]}
          {item.observedAt && (
            <>
              ,{' '}
              <time dateTime={item.observedAt}>
                {formatAge(item.observedAt, props.now)}
              </time>
            </>
          )}
          <span className={styles.source}> ({item.source})</span>
          {item.message && <p className={styles.source}>{item.message}</p>}
        </li>
      ))}
    </ul>
  );
};
