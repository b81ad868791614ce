import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  type FleetOrder,
  type ServiceSummary,
} from '@meshway/plugin-meshed-service-common';
import { formatAge, formatInstant } from '../loading';
import { presentState } from '../status/presentState';
import { presentStatus } from '../status/presentVerdict';
import { staleOf } from '../status/staleOf';
import { Toned } from '../status/Toned';
import styles from './FleetTable.module.css';
import { ServiceLink } from './ServiceLink';

const columns: ReadonlyArray<{ order: FleetOrder; label: string }> = [
  { order: 'name', label: 'Service' },
  { order: 'verdict', label: 'Verdict' },
  { order: 'state', label: 'State' },
  { order: 'owner', label: 'Owner' },
  { order: 'cluster', label: 'Cluster' },
  { order: 'phase', label: 'Phase' },
  { order: 'templateVersion', label: 'Template' },
  { order: 'observedAt', label: 'Seen' },
];

/** The services of a page. What a service was asked to be stands beside what it is; what is old is said to be. */
export const FleetTable = (props: {
  services: ServiceSummary[];
  sort: FleetOrder;
  descending: boolean;
  onSort: (order: FleetOrder) => void;
  now: Date;
  /** When the backend last confirmed these lines. */
  readAt?: Date;
  /** Another page is on its way; this one is shown meanwhile. */
  pending?: boolean;
}) => {
  const { services, sort, descending, onSort } = props;
  // The roles stand here because a narrow page lays the table out as blocks, which takes the native ones away.
  /* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role */
  return (
    <div className={styles.frame}>
      <table
        role="table"
        className={styles.table}
        aria-label="Meshed services"
        aria-busy={props.pending}
      >
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ order, label }) => (
              <th
                key={order}
                role="columnheader"
                scope="col"
                aria-sort={ariaSort(order === sort, descending)}
              >
                <button
                  type="button"
                  className={styles.sort}
                  onClick={() => onSort(order)}
                >
                  {label}
                  <span aria-hidden="true" className={styles.arrow}>
                    {order === sort && (descending ? '▼' : '▲')}
                  </span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {services.map(service => (
            <Line
              key={Object.values(service.service).join('/')}
              summary={service}
              now={props.now}
              readAt={props.readAt}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
};

const Line = (props: { summary: ServiceSummary; now: Date; readAt?: Date }) => {
  const { summary, now, readAt } = props;
  const { service, owner, phase, templateVersion, observedAt } = summary;
  const stale = staleOf(summary, readAt, now);
  const verdict = presentStatus(summary, stale);
  const state = presentState(summary.state);
  const { cluster, namespace, name } = service;
  return (
    <tr role="row" data-testid={`meshway-service-${cluster}-${name}`}>
      <th role="rowheader" scope="row">
        <ServiceLink summary={summary} />
        {namespace !== name && (
          <span className={styles.quiet}> in {namespace}</span>
        )}
        <span className={styles.summary}>{summary.summary}</span>
      </th>
      <td role="cell">
        <Toned tone={verdict.tone} icon={verdict.icon}>
          {verdict.label}
        </Toned>
      </td>
      <td role="cell">
        <Toned tone={state.tone} icon={state.icon}>
          {state.label}
        </Toned>
      </td>
      <td role="cell" data-label="Owner">
        {owner ? (
          <EntityRefLink entityRef={owner} defaultKind="group" hideIcon />
        ) : (
          <span className={styles.quiet}>nobody asked for it</span>
        )}
      </td>
      <td role="cell" data-label="Cluster">
        {cluster}
      </td>
      <td role="cell" data-label="Phase">
        {phase ?? <None />}
      </td>
      <td role="cell" data-label="Template">
        {templateVersion ?? <None />}
      </td>
      <td role="cell" data-label="Seen">
        {observedAt ? (
          <time dateTime={observedAt} title={formatInstant(observedAt, now)}>
            {formatAge(observedAt, now)}
          </time>
        ) : (
          <span className={styles.quiet}>never</span>
        )}
      </td>
    </tr>
  );
};

const None = () => (
  <span className={styles.quiet} aria-label="not known">
    –
  </span>
);

function ariaSort(
  isSorted: boolean,
  descending: boolean,
): 'ascending' | 'descending' | 'none' {
  if (!isSorted) return 'none';
  return descending ? 'descending' : 'ascending';
}
