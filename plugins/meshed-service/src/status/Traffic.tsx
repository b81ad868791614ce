import { Text } from '@backstage/ui';
import type { TrafficSummary } from '@meshway/plugin-meshed-service-common';
import { formatAge } from '../loading';

/** What was seen on the wire, apart from what policy allows. No data is said to be no data. */
export const Traffic = (props: { traffic: TrafficSummary; now: Date }) => {
  const { traffic, now } = props;
  if (traffic.kind === 'noData')
    return (
      <Text as="p" variant="body-medium" color="secondary">
        Nothing is known about traffic. {traffic.because}
      </Text>
    );
  return (
    <>
      <Text as="p" variant="body-medium">
        {percent(traffic.securedShare)} of{' '}
        {traffic.requests.toLocaleString('en')} requests in the last{' '}
        {Math.round(traffic.windowSeconds / 60)} minutes were secured.
        {traffic.plaintextFrom.length > 0 &&
          ` Plaintext came from ${traffic.plaintextFrom.join(', ')}.`}
      </Text>
      <Text as="p" variant="body-small" color="secondary">
        From {traffic.source}, {formatAge(traffic.observedAt, now)}.
      </Text>
    </>
  );
};

/** Rounded down, so that 99.99 % never reads as all. */
function percent(share: number): string {
  return `${Math.floor(share * 1000) / 10} %`;
}
