import type { ElementType, ReactNode } from 'react';
import type { Tone } from './presentVerdict';
import styles from './Toned.module.css';

/** An icon and words in the colour of a tone; the words alone say it, too. */
export const Toned = (props: {
  tone: Tone;
  icon: ElementType;
  children: ReactNode;
  size?: 'small' | 'large';
}) => {
  const Icon = props.icon;
  return (
    <span
      className={styles.toned}
      data-tone={props.tone}
      data-size={props.size ?? 'small'}
    >
      <Icon className={styles.icon} fontSize="inherit" aria-hidden="true" />
      <span>{props.children}</span>
    </span>
  );
};
