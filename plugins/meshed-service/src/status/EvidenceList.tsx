import {
  formatObjectRef,
  type Evidence,
} from '@meshway/plugin-meshed-service-common';
import styles from './EvidenceList.module.css';

/** What a statement rests on: objects, and which of their fields. */
export const EvidenceList = ({ evidence }: { evidence: Evidence[] }) => {
  if (evidence.length === 0) return null;
  return (
    <ul className={styles.list} aria-label="Evidence">
      {evidence.map(({ ref, field, value }) => (
        <li key={`${formatObjectRef(ref)} ${field ?? ''} ${value ?? ''}`}>
          <code>{formatObjectRef(ref)}</code>
          {field && (
            <>
              {' '}
              <code>{field}</code>
            </>
          )}
          {value !== undefined && (
            <>
              {' = '}
              <code>{value}</code>
            </>
          )}
        </li>
      ))}
    </ul>
  );
};
