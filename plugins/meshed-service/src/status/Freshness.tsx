import { Text } from '@backstage/ui';
import type { MeshStatus } from '@meshway/plugin-meshed-service-common';
import { formatAge } from '../loading';

/** Where the shown status comes from, and how old it is. Always there, also when there is nothing to date. */
export const Freshness = (props: {
  status: MeshStatus;
  now: Date;
  notRefreshed?: Error;
}) => {
  const { status, now, notRefreshed } = props;
  const sources = [...new Set(status.sources.map(({ source }) => source))];
  const behind = status.sources.filter(
    ({ freshness }) => freshness !== 'current',
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
        {behind.length > 0 &&
          `. Not current: ${behind.map(({ kind }) => kind).join(', ')}`}
        .
      </Text>
      {notRefreshed && (
        <Text as="p" variant="body-small" weight="bold" role="status">
          Could not refresh: {notRefreshed.message}
        </Text>
      )}
    </div>
  );
};
