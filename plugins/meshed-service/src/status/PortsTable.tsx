import { Text } from '@backstage/ui';
import type { PortStatus } from '@meshway/plugin-meshed-service-common';
import { EvidenceList } from './EvidenceList';
import styles from './PortsTable.module.css';
import { presentVerdict } from './presentVerdict';
import type { Stale } from './staleOf';
import { Toned } from './Toned';

/** Each port with its verdict, who decides it, and on what that rests. */
export const PortsTable = (props: {
  ports: PortStatus[];
  /** Nothing was seen of the service, so nothing can be said of a port, declared or not. */
  unseen?: boolean;
  /** When the verdicts speak of the past. */
  stale?: Stale;
}) => {
  const { ports } = props;
  if (ports.length === 0)
    return (
      <Text variant="body-medium" color="secondary">
        {props.unseen
          ? 'Nothing has been seen of its ports yet.'
          : 'No port is declared or was seen.'}
      </Text>
    );
  // The roles stand here because a narrow page lays the table out as blocks, which takes the native ones away.
  /* eslint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role */
  return (
    <div className={styles.frame}>
      <table role="table" className={styles.table} aria-label="Ports">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              Port
            </th>
            <th role="columnheader" scope="col">
              Protocol
            </th>
            <th role="columnheader" scope="col">
              Verdict
            </th>
            <th role="columnheader" scope="col">
              Who may call
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {ports.map(port => {
            const { label, icon, tone } = presentVerdict(
              port.verdict,
              props.stale,
            );
            return (
              <tr
                role="row"
                key={`${port.port} ${port.name ?? ''}`}
                data-testid={`meshway-port-${port.port}`}
              >
                <th role="rowheader" scope="row">
                  {port.port}
                  {port.name && (
                    <span className={styles.name}> {port.name}</span>
                  )}
                </th>
                <td role="cell">{port.protocol}</td>
                <td role="cell">
                  <Toned tone={tone} icon={icon}>
                    {label}
                  </Toned>
                </td>
                <td role="cell">
                  {port.explanation}
                  {port.verdict.kind === 'unknown' && (
                    <p className={styles.because}>{port.verdict.because}</p>
                  )}
                  <EvidenceList evidence={port.evidence} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
