import { Text } from '@backstage/ui';
import type { Problem } from '@meshway/plugin-meshed-service-common';
import styles from './review.module.css';

/** What stands against a write on the cluster, in Vault or in Argo CD, each with the way out. */
export const ProblemList = (props: {
  problems: readonly Problem[];
  testId: string;
}) =>
  props.problems.length === 0 ? null : (
    <ul
      className={styles.violations}
      aria-label="Problems"
      data-testid={props.testId}
    >
      {props.problems.map(({ code, message, fix }) => (
        <li key={`${code} ${message}`}>
          <Text as="p" variant="body-medium">
            {message}
          </Text>
          <Text as="p" variant="body-medium">
            <strong>What to do:</strong> {fix}
          </Text>
        </li>
      ))}
    </ul>
  );
