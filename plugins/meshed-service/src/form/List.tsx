import { Text } from '@backstage/ui';
import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import AddIcon from '@material-ui/icons/Add';
import DeleteOutlineIcon from '@material-ui/icons/DeleteOutline';
import type { ReactNode } from 'react';
import styles from './form.module.css';
import { useProblem } from './Problems';

/** A list that people add to and remove from: ports, clients, calls, probes. */
export function EditableList<T>(props: {
  /** Path of the list in the request; also its handle. */
  path: string;
  title: string;
  description?: string;
  /** Said while the list is empty. */
  empty: string;
  /** As in `Add port`. */
  noun: string;
  items: readonly T[];
  limit: number;
  fresh: () => T;
  inner?: boolean;
  onChange: (items: T[]) => void;
  children: (entry: {
    item: T;
    path: string;
    change: (item: T) => void;
    /** The button that takes this entry away. */
    remove: ReactNode;
  }) => ReactNode;
}) {
  const { path, noun, items, onChange } = props;
  const problem = useProblem(path);
  return (
    <fieldset
      className={`${styles.group} ${props.inner ? styles.inner : ''}`}
      data-testid={path}
    >
      <legend>{props.title}</legend>
      {props.description && (
        <Text as="p" variant="body-small" color="secondary">
          {props.description}
        </Text>
      )}
      {problem && <p className={styles.problems}>{problem}</p>}
      {items.length === 0 && (
        <Text as="p" variant="body-small" color="secondary">
          {props.empty}
        </Text>
      )}
      <ul className={styles.list}>
        {items.map((item, index) => {
          const at = `${path}[${index}]`;
          return (
            // Entries have no name of their own, and are neither sorted nor moved.
            // eslint-disable-next-line react/no-array-index-key
            <li key={index}>
              {props.children({
                item,
                path: at,
                change: changed =>
                  onChange(
                    items.map((other, place) =>
                      place === index ? changed : other,
                    ),
                  ),
                remove: (
                  <IconButton
                    aria-label={`Remove ${noun} ${index + 1}`}
                    size="small"
                    onClick={() =>
                      onChange(items.filter((_, place) => place !== index))
                    }
                  >
                    <DeleteOutlineIcon fontSize="small" />
                  </IconButton>
                ),
              })}
              <EntryProblem path={at} />
            </li>
          );
        })}
      </ul>
      <Button
        size="small"
        startIcon={<AddIcon />}
        disabled={items.length >= props.limit}
        data-testid={`${path}-add`}
        onClick={() => onChange([...items, props.fresh()])}
      >
        Add {noun}
      </Button>
    </fieldset>
  );
}

/** What concerns an entry as a whole, such as being listed twice. */
const EntryProblem = ({ path }: { path: string }) => {
  const problem = useProblem(path);
  return problem ? <p className={styles.problems}>{problem}</p> : null;
};
