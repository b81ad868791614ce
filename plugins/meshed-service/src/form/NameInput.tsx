import TextField from '@material-ui/core/TextField';
import styles from './form.module.css';
import type { NameBudget } from './nameBudget';

/** The name of a service, with what is left of its budget and what is wrong with it. */
export const NameInput = (props: {
  id: string;
  title: string;
  description?: string;
  required?: boolean;
  disabled?: boolean;
  name: string;
  budget: NameBudget;
  problems: string[];
  /** Worth knowing, but nothing wrong. */
  hint?: string;
  /** The form has been refused because of this field. */
  refused: boolean;
  onChange: (name: string) => void;
}) => {
  const { name, budget, problems } = props;
  const left = budget.limit - name.length;
  return (
    <div>
      <TextField
        id={props.id}
        label={props.title}
        value={name}
        fullWidth
        required={props.required}
        disabled={props.disabled}
        error={props.refused || problems.length > 0}
        autoComplete="off"
        inputProps={{
          'aria-describedby': `${props.id}-help`,
          spellCheck: false,
          autoCapitalize: 'none',
        }}
        onChange={event => props.onChange(event.target.value)}
      />
      <div id={`${props.id}-help`} className={styles.help}>
        <p data-testid="meshway-name-budget" data-over={left < 0}>
          {left >= 0
            ? `${left} of ${budget.limit} characters left`
            : `${-left} characters too long; ${budget.limit} fit`}
          {budget.tightest &&
            ` (the ${budget.tightest.what} made from it must fit into ${budget.tightest.limit})`}
        </p>
        {problems.length > 0 && (
          <ul
            role="status"
            className={styles.problems}
            data-testid="meshway-name-problems"
          >
            {problems.map(problem => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
        {props.hint && (
          <p role="status" data-testid="meshway-name-hint">
            {props.hint}
          </p>
        )}
        {props.description && <p>{props.description}</p>}
      </div>
    </div>
  );
};
