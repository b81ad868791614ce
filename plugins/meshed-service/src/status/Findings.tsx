import { Flex, Text } from '@backstage/ui';
import { states, type Finding } from '@meshway/plugin-meshed-service-common';
import { EvidenceList } from './EvidenceList';
import styles from './Findings.module.css';
import { presentState } from './presentState';
import { Toned } from './Toned';

/** @returns the findings, worst first; equal ones keep their order. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  const severity = ({ state }: Finding) => states.indexOf(state);
  return [...findings].sort((a, b) => severity(b) - severity(a));
}

/** What the checks found: message, evidence, and what to do. */
export const Findings = (props: {
  findings: readonly Finding[];
  /** Short: no evidence. */
  brief?: boolean;
}) => (
  <ul className={styles.list} aria-label="Findings">
    {worstFirst(props.findings).map(finding => {
      const { label, icon, tone } = presentState(finding.state);
      return (
        <li
          key={`${finding.code} ${finding.message}`}
          className={styles.finding}
          data-testid={`meshway-finding-${finding.code}`}
        >
          <Flex align="center" gap="2" style={{ flexWrap: 'wrap' }}>
            <Toned tone={tone} icon={icon}>
              {label}
            </Toned>
            <Text as="h4" variant="body-medium" weight="bold">
              {finding.title}
            </Text>
            <Text variant="body-small" color="secondary">
              {finding.code}
            </Text>
          </Flex>
          <Text as="p" variant="body-medium">
            {finding.message}
          </Text>
          {finding.fix && (
            <Text as="p" variant="body-medium">
              <strong>What to do:</strong> {finding.fix}
            </Text>
          )}
          {!props.brief && <EvidenceList evidence={finding.evidence} />}
        </li>
      );
    })}
  </ul>
);
