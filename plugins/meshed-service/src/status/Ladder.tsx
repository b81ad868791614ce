import {
  rungs,
  type Rung,
  type Verdict,
} from '@meshway/plugin-meshed-service-common';
import { VisuallyHidden } from '@backstage/ui';
import styles from './Ladder.module.css';
import { presentRung, presentVerdict } from './presentVerdict';

/** Where a rung stands relative to the verdict. */
type Standing = 'below' | 'here' | 'possible' | 'above';

const said: Record<Standing, string> = {
  below: 'passed',
  here: 'stands here',
  possible: 'possible',
  above: 'not reached',
};

/**
 * The six rungs as rising steps. Solid up to where the service stands; dashed up to where it could stand at most, when
 * that is not known.
 */
export const Ladder = (props: {
  verdict: Verdict;
  /** False for a service of which nothing was seen: no rung is even possible yet. */
  observed?: boolean;
  /** True when it stood there, and nobody knows whether it still does. */
  past?: boolean;
}) => {
  const { verdict, observed = true, past = false } = props;
  return (
    <div
      className={styles.frame}
      data-tone={past ? 'neutral' : presentVerdict(verdict).tone}
    >
      <ol
        className={styles.ladder}
        aria-label="mTLS ladder, from not meshed to enforced"
      >
        {rungs.map((rung, index) => {
          const standing = observed ? standingOf(rung, verdict) : 'above';
          return (
            <li
              key={rung}
              className={styles.rung}
              data-standing={standing}
              aria-current={standing === 'here' ? 'step' : undefined}
            >
              <span
                className={styles.step}
                style={{ height: `${14 + index * 7}px` }}
                aria-hidden="true"
              />
              <span className={styles.label}>
                {presentRung(rung).label}
                <VisuallyHidden>
                  :{' '}
                  {past && standing === 'here' ? 'stood here' : said[standing]}
                </VisuallyHidden>
              </span>
            </li>
          );
        })}
      </ol>
    </div>
  );
};

function standingOf(rung: Rung, verdict: Verdict): Standing {
  const place = rungs.indexOf(rung);
  if (verdict.kind === 'unknown')
    return place <= rungs.indexOf(verdict.atMost) ? 'possible' : 'above';
  const stands = rungs.indexOf(verdict.rung);
  if (place === stands) return 'here';
  return place < stands ? 'below' : 'above';
}
