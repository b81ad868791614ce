import { Text } from '@backstage/ui';
import type {
  MeshStatus,
  SourceStatus,
} from '@meshway/plugin-meshed-service-common';
import { formatAge, formatInstant } from '../loading';
import styles from './Freshness.module.css';
import { freshnessWords } from './freshnessWords';

/** So many are named on a card; the tab names all. */
const BRIEF = 3;

/** Where the shown status comes from, how old it is, and what of it is not current. Always there, also when there is nothing to date. */
export const Freshness = (props: {
  status: MeshStatus;
  now: Date;
  notRefreshed?: Error;
}) => {
  const { status, now, notRefreshed } = props;
  const sources = [...new Set(status.sources.map(({ source }) => source))];
  // A kind that is not installed is a fact, not a gap.
  const behind = status.sources.filter(
    ({ freshness }) => freshness !== 'current' && freshness !== 'notInstalled',
  );
  return (
    <div data-testid="meshway-freshness">
      <Text variant="body-small" color="secondary">
        {sources.length > 0 ? `From ${sources.join(', ')}` : 'No source'},{' '}
        {status.observedAt ? (
          <time dateTime={status.observedAt}>
            {formatAge(status.observedAt, now)}
          </time>
        ) : (
          'nothing observed yet'
        )}
        .
      </Text>
      {behind.length > 0 && (
        <ul className={styles.behind} aria-label="Not current">
          {behind.slice(0, BRIEF).map(source => (
            <li key={`${source.kind} ${source.namespace ?? ''}`}>
              {gapOf(source, now)}
            </li>
          ))}
          {behind.length > BRIEF && (
            <li>and {behind.length - BRIEF} more kinds</li>
          )}
        </ul>
      )}
      {notRefreshed && (
        <Text as="p" variant="body-small" weight="bold" role="status">
          Could not refresh: {notRefreshed.message}
        </Text>
      )}
    </div>
  );
};

/** As in `Server: stale since 12:00` or `Pod: may not be read. It lacks list pods.` */
function gapOf(
  { kind, freshness, observedAt, message }: SourceStatus,
  now: Date,
): string {
  const since =
    freshness === 'stale' && observedAt
      ? ` since ${formatInstant(observedAt, now)}`
      : '';
  const words = `${kind}: ${freshnessWords[freshness]}${since}`;
  return message ? `${words}. ${message}` : words;
}
