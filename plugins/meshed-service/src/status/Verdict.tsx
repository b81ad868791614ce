import { Flex, Text } from '@backstage/ui';
import type { MeshStatus } from '@meshway/plugin-meshed-service-common';
import { formatAge, formatInstant } from '../loading';
import { Ladder } from './Ladder';
import { presentStatus } from './presentVerdict';
import type { Stale } from './staleOf';
import { Toned } from './Toned';

/** The verdict in words, then on the ladder. */
export const Verdict = (props: {
  status: MeshStatus;
  /** When it speaks of the past. */
  stale?: Stale;
  now: Date;
}) => {
  const { status, stale, now } = props;
  const { label, icon, tone, meaning } = presentStatus(status, stale);
  return (
    <Flex direction="column" gap="3">
      <Flex align="center" gap="3" style={{ flexWrap: 'wrap' }}>
        <span data-testid="meshway-verdict">
          <Toned tone={tone} icon={icon} size="large">
            {label}
          </Toned>
        </span>
      </Flex>
      {stale && status.observed && (
        <Text
          as="p"
          variant="body-medium"
          weight="bold"
          role="status"
          data-testid="meshway-stale"
        >
          Stale since{' '}
          <time dateTime={stale.since}>{formatInstant(stale.since, now)}</time>{' '}
          ({formatAge(stale.since, now)}). {staleWords[stale.because]}
        </Text>
      )}
      <Text as="p" variant="body-medium" data-testid="meshway-summary">
        {status.summary}
      </Text>
      {!status.summary.includes(meaning) && (
        <Text as="p" variant="body-small" color="secondary">
          {meaning}
        </Text>
      )}
      <Ladder
        verdict={status.verdict}
        observed={status.observed}
        past={stale !== undefined}
      />
    </Flex>
  );
};

const staleWords: Record<Stale['because'], string> = {
  longAgo: 'What stands here was seen then, and may be otherwise now.',
  unconfirmed:
    'The portal has not answered since. What stands here may be otherwise now.',
};
