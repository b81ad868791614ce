import { Flex, Link, Skeleton, Text } from '@backstage/ui';
import type { MeshStatus } from '@meshway/plugin-meshed-service-common';
import { AskForAccess, CouldNotLoad, Waiting, type Loadable } from '../loading';
import { Findings, worstFirst } from './Findings';
import { Freshness } from './Freshness';
import { presentVerdict } from './presentVerdict';
import { staleOf, type Stale } from './staleOf';
import { Toned } from './Toned';
import { TrafficBrief } from './Traffic';
import { Verdict } from './Verdict';

const WHAT = 'the mesh status';
/** A card is a summary: more findings stand in the tab. */
const BRIEF = 3;

/** The body of the card, for every way in which a status may or may not be there. */
export const MeshStatusView = (props: {
  status: Loadable<MeshStatus>;
  now: Date;
  /** Address of the tab that tells everything. */
  moreAt?: string;
}) => {
  const { status, now, moreAt } = props;
  switch (status.kind) {
    case 'loading':
      return <StatusSkeleton />;
    case 'denied':
      return <AskForAccess what={WHAT} whom={status.whom} />;
    case 'missing':
      return <NothingKnown because={status.because} />;
    case 'failed':
      return (
        <CouldNotLoad what={WHAT} error={status.error} retry={status.retry} />
      );
    default: {
      const stale = staleOf(status.value, status.readAt, now);
      return (
        <Flex direction="column" gap="4" data-testid="meshway-status">
          <Verdict status={status.value} stale={stale} now={now} />
          <Brief status={status.value} stale={stale} now={now} />
          <Freshness
            status={status.value}
            now={now}
            notRefreshed={status.notRefreshed}
          />
          {moreAt && (
            <Link href={moreAt} variant="body-medium">
              Ports, traffic, findings and sources
            </Link>
          )}
        </Flex>
      );
    }
  }
};

/** Ports in one line, and the findings that need somebody. */
const Brief = (props: { status: MeshStatus; stale?: Stale; now: Date }) => {
  const { status, stale } = props;
  const pressing = worstFirst(status.findings).filter(
    ({ state }) => state !== 'ok',
  );
  return (
    <>
      {status.ports.length > 0 && status.observed && (
        <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
          {status.ports.map(port => {
            const { label, icon, tone } = presentVerdict(port.verdict, stale);
            return (
              <Toned
                key={`${port.port} ${port.name ?? ''}`}
                tone={tone}
                icon={icon}
              >
                {`${port.name ?? 'port'} ${port.port}: ${label}`}
              </Toned>
            );
          })}
        </Flex>
      )}
      {status.observed && <TrafficBrief traffic={status.traffic} />}
      {pressing.length > 0 && (
        <Findings brief findings={pressing.slice(0, BRIEF)} />
      )}
      {pressing.length > BRIEF && (
        <Text variant="body-small" color="secondary">
          and {pressing.length - BRIEF} more
        </Text>
      )}
    </>
  );
};

/** The backend knows no such service: neither asked for nor seen. */
const NothingKnown = ({ because }: { because: string }) => (
  <Flex direction="column" gap="2" data-testid="meshway-missing">
    <Text variant="body-large" weight="bold">
      Nothing is known about this service
    </Text>
    <Text variant="body-medium" color="secondary">
      {because}
    </Text>
  </Flex>
);

export const StatusSkeleton = () => (
  <Waiting says={`Loading ${WHAT}`}>
    <Skeleton width={180} height={32} rounded />
    <Skeleton width="90%" height={16} />
    <Skeleton width="100%" height={56} />
    <Skeleton width="50%" height={14} />
  </Waiting>
);
