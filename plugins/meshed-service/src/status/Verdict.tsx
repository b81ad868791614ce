import { Flex, Text } from '@backstage/ui';
import type { MeshStatus } from '@meshway/plugin-meshed-service-common';
import { Ladder } from './Ladder';
import { presentStatus } from './presentVerdict';
import { Toned } from './Toned';

/** The verdict in words, then on the ladder. */
export const Verdict = ({ status }: { status: MeshStatus }) => {
  const { label, icon, tone, meaning } = presentStatus(status);
  return (
    <Flex direction="column" gap="3">
      <Flex align="center" gap="3" style={{ flexWrap: 'wrap' }}>
        <span data-testid="meshway-verdict">
          <Toned tone={tone} icon={icon} size="large">
            {label}
          </Toned>
        </span>
      </Flex>
      <Text as="p" variant="body-medium" data-testid="meshway-summary">
        {status.summary}
      </Text>
      {!status.summary.includes(meaning) && (
        <Text as="p" variant="body-small" color="secondary">
          {meaning}
        </Text>
      )}
      <Ladder verdict={status.verdict} observed={status.observed} />
    </Flex>
  );
};
