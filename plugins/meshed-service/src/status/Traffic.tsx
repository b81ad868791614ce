import { Text } from '@backstage/ui';
import {
  trafficWords,
  type TrafficSummary,
} from '@meshway/plugin-meshed-service-common';
import { formatAge } from '../loading';

/** What was seen on the wire, apart from what policy allows. No data is said to be no data. */
export const Traffic = (props: { traffic: TrafficSummary; now: Date }) => {
  const { traffic, now } = props;
  if (traffic.kind === 'noData')
    return (
      <Text as="p" variant="body-medium" color="secondary">
        {trafficWords(traffic)}
      </Text>
    );
  return (
    <>
      <Text as="p" variant="body-medium">
        {trafficWords(traffic)}
      </Text>
      <Text as="p" variant="body-small" color="secondary">
        From {traffic.source}, {formatAge(traffic.observedAt, now)}.
      </Text>
    </>
  );
};
