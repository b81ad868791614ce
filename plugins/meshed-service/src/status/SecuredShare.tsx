import { percent } from '@meshway/plugin-meshed-service-common';
import styles from './Traffic.module.css';

/**
 * How much of what was let in was secured: solid what was, hatched what was not. However little was not, it is seen.
 *
 * @param props - `share`: 0..1.
 */
export const SecuredShare = ({ share }: { share: number }) => {
  const secured = percent(share);
  const rest = share < 1 ? Math.max(2, 100 * (1 - share)) : 0;
  return (
    <div
      className={styles.share}
      role="img"
      aria-label={`${secured} secured`}
      data-testid="meshway-secured-share"
    >
      <span className={styles.track}>
        <span className={styles.secured} style={{ width: `${100 - rest}%` }} />
        <span className={styles.open} style={{ width: `${rest}%` }} />
      </span>
      <span className={styles.legend} aria-hidden="true">
        <span>
          <span className={`${styles.swatch} ${styles.secured}`} /> secured{' '}
          {secured}
        </span>
        {rest > 0 && (
          <span>
            <span className={`${styles.swatch} ${styles.open}`} /> not secured
          </span>
        )}
      </span>
    </div>
  );
};
