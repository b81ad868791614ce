import {
  rungs,
  type FleetCounts,
  type Rung,
} from '@meshway/plugin-meshed-service-common';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import { presentRung } from '../status/presentVerdict';
import { Toned } from '../status/Toned';
import styles from './Distribution.module.css';

type Step = Rung | 'unknown';
const steps: Step[] = ['unknown', ...rungs];

const present = (step: Step) =>
  step === 'unknown'
    ? { label: 'Unknown', icon: HelpOutlineIcon, tone: 'neutral' as const }
    : presentRung(step);

/**
 * How many services stand where on the ladder, lowest first. Each step narrows the fleet to those that stand on it, and asked
 * again widens it.
 */
export const Distribution = (props: {
  counts: FleetCounts;
  /** The step that the fleet is narrowed to. */
  chosen?: Step;
  onChoose: (step: Step | undefined) => void;
  /** Some of it was seen long ago: then it is grey, and says so. */
  past?: boolean;
}) => {
  const { counts, chosen, onChoose, past } = props;
  const countOf = (step: Step) => counts[step] ?? 0;
  const highest = Math.max(1, ...steps.map(countOf));
  return (
    <ul className={styles.picture} aria-label="Where the services stand">
      {steps.map(step => {
        const { label, icon, tone: toneNow } = present(step);
        const tone = past ? 'neutral' : toneNow;
        const count = countOf(step);
        return (
          <li key={step}>
            <button
              type="button"
              className={styles.step}
              data-tone={tone}
              data-testid={`meshway-step-${step}`}
              aria-pressed={chosen === step}
              aria-label={`${label}: ${count.toLocaleString('en')}`}
              onClick={() => onChoose(chosen === step ? undefined : step)}
            >
              <Toned tone={tone} icon={icon}>
                {label}
              </Toned>
              <span className={styles.track} aria-hidden="true">
                <span
                  className={styles.bar}
                  data-empty={count === 0}
                  style={{ width: `${(100 * count) / highest}%` }}
                />
              </span>
              <span className={styles.count}>{count.toLocaleString('en')}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
};
