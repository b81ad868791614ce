import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import { Flex, Text } from '@backstage/ui';
import type {
  Finding,
  MeshStatus,
} from '@meshway/plugin-meshed-service-common';
import type { ReactNode } from 'react';
import type { Loadable } from '../loading';
import { FindingsByNeed } from './Findings';
import { Freshness } from './Freshness';
import { MeshStatusView } from './MeshStatusView';
import { PortsTable } from './PortsTable';
import { Sources } from './Sources';
import { staleOf } from './staleOf';
import { byTopic } from './topics';
import { Traffic } from './Traffic';
import { Verdict } from './Verdict';

/** Verdict, ports, findings, traffic and sources of one service. */
export const MeshTabView = (props: {
  status: Loadable<MeshStatus>;
  now: Date;
}) => {
  const { status, now } = props;
  if (status.kind !== 'ready')
    return (
      <Section title="Mesh">
        <MeshStatusView status={status} now={now} />
      </Section>
    );
  const { ports, findings, traffic, sources } = status.value;
  const { trust, others } = byTopic(findings);
  const stale = staleOf(status.value, status.readAt, now);
  return (
    <Flex direction="column" gap="4">
      <Section title="Verdict">
        <Flex direction="column" gap="4">
          <Verdict status={status.value} stale={stale} now={now} />
          <Freshness
            status={status.value}
            now={now}
            notRefreshed={status.notRefreshed}
          />
        </Flex>
      </Section>
      <Section title="Ports">
        <PortsTable
          ports={ports}
          unseen={!status.value.observed}
          stale={stale}
        />
      </Section>
      <Section title="Findings">
        <Reported findings={others} />
      </Section>
      <Section title="Traffic">
        <Traffic traffic={traffic} now={now} />
      </Section>
      <Section title="Certificates and trust">
        <Reported findings={trust} />
      </Section>
      <Section title="Sources">
        <Sources sources={sources} now={now} />
      </Section>
    </Flex>
  );
};

const Reported = ({ findings }: { findings: Finding[] }) =>
  findings.length > 0 ? (
    <FindingsByNeed findings={findings} />
  ) : (
    <Text variant="body-medium" color="secondary">
      No check has reported yet.
    </Text>
  );

const Section = (props: { title: string; children: ReactNode }) => (
  <section aria-label={props.title}>
    <EntityInfoCard title={props.title}>{props.children}</EntityInfoCard>
  </section>
);
