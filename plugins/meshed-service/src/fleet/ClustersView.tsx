import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import { Flex, Skeleton, Text } from '@backstage/ui';
import BlockIcon from '@material-ui/icons/Block';
import CheckIcon from '@material-ui/icons/Check';
import HistoryIcon from '@material-ui/icons/History';
import ReportProblemOutlinedIcon from '@material-ui/icons/ReportProblemOutlined';
import type {
  ClustersResponse,
  ClusterSummary,
} from '@meshway/plugin-meshed-service-common';
import type { ElementType } from 'react';
import {
  AskForAccess,
  CouldNotLoad,
  formatAge,
  formatInstant,
  Waiting,
  type Loadable,
} from '../loading';
import type { Tone } from '../status/presentVerdict';
import { Sources } from '../status/Sources';
import { staleOf, type Stale } from '../status/staleOf';
import { Toned } from '../status/Toned';
import styles from './ClustersView.module.css';

const WHAT = 'the clusters';

/** How fresh and how whole what is known of each cluster is: every status rests on it. */
export const ClustersView = (props: {
  clusters: Loadable<ClustersResponse>;
  now: Date;
}) => {
  const { clusters, now } = props;
  switch (clusters.kind) {
    case 'loading':
      return (
        <Waiting says={`Loading ${WHAT}`}>
          <Skeleton width="100%" height={120} />
          <Skeleton width="100%" height={120} />
        </Waiting>
      );
    case 'denied':
      return <AskForAccess what={WHAT} because={clusters.because} />;
    case 'missing':
      return <p>{clusters.because}</p>;
    case 'failed':
      return (
        <CouldNotLoad
          what={WHAT}
          error={clusters.error}
          retry={clusters.retry}
        />
      );
    default:
      if (clusters.value.items.length === 0)
        return (
          <Text as="p" variant="body-medium" color="secondary">
            This platform has no cluster: none stands in meshedService.clusters
            of its configuration.
          </Text>
        );
      return (
        <Flex direction="column" gap="4">
          {clusters.notRefreshed && (
            <Text as="p" variant="body-small" weight="bold" role="status">
              Could not refresh: {clusters.notRefreshed.message}
            </Text>
          )}
          {clusters.value.items.length === 0 && (
            <Text as="p" variant="body-medium" color="secondary">
              This platform has no cluster: none stands in
              meshedService.clusters of its configuration.
            </Text>
          )}
          {clusters.value.items.map(cluster => (
            <Cluster
              key={cluster.name}
              cluster={cluster}
              now={now}
              stale={staleOf(cluster, clusters.readAt, now)}
            />
          ))}
          {clusters.value.portal && clusters.value.portal.length > 0 && (
            <section aria-label="The portal itself">
              <EntityInfoCard title="The portal itself">
                <Sources sources={clusters.value.portal} now={now} />
              </EntityInfoCard>
            </section>
          )}
        </Flex>
      );
  }
};

const Cluster = (props: {
  cluster: ClusterSummary;
  now: Date;
  stale?: Stale;
}) => {
  const { cluster, now, stale } = props;
  const { name, sources, problems, observedAt } = cluster;
  const { words, icon, tone } = healthOf(cluster, stale);
  return (
    <section aria-label={name} data-testid={`meshway-cluster-${name}`}>
      <EntityInfoCard title={name}>
        <Flex direction="column" gap="4">
          <Flex align="center" gap="3" style={{ flexWrap: 'wrap' }}>
            <Toned tone={tone} icon={icon} size="large">
              {words}
            </Toned>
            <Text variant="body-small" color="secondary">
              {observedAt
                ? `As of ${formatInstant(observedAt, now)}, ${formatAge(
                    observedAt,
                    now,
                  )}`
                : 'Nothing has been observed yet'}
            </Text>
          </Flex>
          <Sources sources={sources} now={now} />
          {problems.length > 0 && (
            <ul className={styles.problems} aria-label="Problems">
              {problems.map(({ file, line, message }) => (
                <li key={`${file} ${line ?? ''} ${message}`}>
                  <code>{line === undefined ? file : `${file}:${line}`}</code>{' '}
                  {message}
                </li>
              ))}
            </ul>
          )}
        </Flex>
      </EntityInfoCard>
    </section>
  );
};

/** In one phrase, the worst first. Never green: that sources are whole is no promise about a service. */
function healthOf(
  { source, sources }: ClusterSummary,
  stale: Stale | undefined,
): { words: string; icon: ElementType; tone: Tone } {
  if (source === 'none')
    return { words: 'Not looked at', icon: BlockIcon, tone: 'neutral' };
  const count = (freshness: string) =>
    sources.filter(each => each.freshness === freshness).length;
  const gaps = count('forbidden') + count('unreadable');
  if (gaps > 0)
    return {
      words: `${gaps} of ${sources.length} kinds cannot be read`,
      icon: ReportProblemOutlinedIcon,
      tone: 'bad',
    };
  const behind = count('stale');
  if (behind > 0)
    return {
      words: `${behind} of ${sources.length} kinds are stale`,
      icon: HistoryIcon,
      tone: 'weak',
    };
  return stale
    ? { words: 'As it was', icon: HistoryIcon, tone: 'neutral' }
    : { words: 'Current', icon: CheckIcon, tone: 'neutral' };
}
