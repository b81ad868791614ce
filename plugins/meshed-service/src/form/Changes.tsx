import type { FieldChange } from '@meshway/plugin-meshed-service-common';
import styles from './review.module.css';

/** Fields of an object or of a file that would change, with what stands there and what would. */
export const Changes = ({ changes }: { changes: readonly FieldChange[] }) =>
  changes.length === 0 ? null : (
    <ul className={styles.changes}>
      {changes.map(({ field, from = 'nothing', to = 'nothing' }) => (
        <li key={field}>
          <code>{field}</code>: <code>{from}</code> → <code>{to}</code>
        </li>
      ))}
    </ul>
  );
