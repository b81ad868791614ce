import type { ReactNode } from 'react';
import styles from './review.module.css';

/** So many are read at once; the rest is one key press away. */
const AT_ONCE = 25;

/** A list that may hold thousands: the first ones, and the others behind a fold. */
export function LongList<T>(props: {
  items: readonly T[];
  /** Numbered: the order matters. */
  ordered?: boolean;
  label: string;
  testId?: string;
  keyOf: (item: T) => string;
  children: (item: T) => ReactNode;
}) {
  const { items, ordered, keyOf } = props;
  const List = ordered ? 'ol' : 'ul';
  const first = items.slice(0, AT_ONCE);
  const others = items.slice(AT_ONCE);
  const lines = (shown: readonly T[]) =>
    shown.map(item => <li key={keyOf(item)}>{props.children(item)}</li>);
  return (
    <>
      <List
        className={ordered ? styles.numbered : styles.list}
        aria-label={props.label}
        data-testid={props.testId}
      >
        {lines(first)}
      </List>
      {others.length > 0 && (
        <details className={styles.document}>
          <summary>and {others.length.toLocaleString('en')} more</summary>
          <List
            className={ordered ? styles.numbered : styles.list}
            aria-label={`${props.label}, continued`}
            {...(ordered ? { start: AT_ONCE + 1 } : {})}
          >
            {lines(others)}
          </List>
        </details>
      )}
    </>
  );
}
