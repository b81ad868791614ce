import { Flex, Text } from '@backstage/ui';
import { states, type Finding } from '@meshway/plugin-meshed-service-common';
import { DocsLink } from './DocsLink';
import { EvidenceList } from './EvidenceList';
import styles from './Findings.module.css';
import { presentState } from './presentState';
import { Toned } from './Toned';

/** @returns the findings, worst first; equal ones keep their order. */
export function worstFirst(findings: readonly Finding[]): Finding[] {
  const severity = ({ state }: Finding) => states.indexOf(state);
  return [...findings].sort((a, b) => severity(b) - severity(a));
}

/** What the checks found, those that need somebody first; those that hold are folded away. */
export const FindingsByNeed = (props: { findings: readonly Finding[] }) => {
  const pressing = props.findings.filter(({ state }) => state !== 'ok');
  const holding = props.findings.filter(({ state }) => state === 'ok');
  return (
    <Flex direction="column" gap="4">
      {pressing.length > 0 && <Findings findings={pressing} />}
      {holding.length > 0 && (
        <details className={styles.fold} open={pressing.length === 0}>
          <summary>
            {holding.length === 1
              ? 'One check holds'
              : `${holding.length} checks hold`}
          </summary>
          <Findings findings={holding} label="Checks that hold" />
        </details>
      )}
    </Flex>
  );
};

/** What the checks found: message, evidence, and what to do. */
export const Findings = (props: {
  findings: readonly Finding[];
  label?: string;
  /** Short: no evidence. */
  brief?: boolean;
}) => (
  <ul className={styles.list} aria-label={props.label ?? 'Findings'}>
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
            <DocsLink code={finding.code} anchor={finding.docs} />
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
