import TextField from '@material-ui/core/TextField';
import { useProblem } from './Problems';

/** One line of text, with what is wrong with it below. Empty text is no value. */
export const TextInput = (props: {
  /** Path of the field in the request; also its handle. */
  path: string;
  label: string;
  value?: string;
  required?: boolean;
  placeholder?: string;
  list?: string;
  onChange: (value: string | undefined) => void;
}) => {
  const problem = useProblem(props.path);
  return (
    <TextField
      id={`meshway-${props.path}`}
      label={props.label}
      value={props.value ?? ''}
      required={props.required}
      placeholder={props.placeholder}
      fullWidth
      size="small"
      error={problem !== undefined}
      helperText={problem}
      autoComplete="off"
      InputLabelProps={props.placeholder ? { shrink: true } : undefined}
      inputProps={{
        'data-testid': props.path,
        spellCheck: false,
        autoCapitalize: 'none',
        list: props.list,
      }}
      onChange={event => props.onChange(event.target.value || undefined)}
    />
  );
};

/** A whole number; what is no number is kept out, so that the value is a number or missing. */
export const NumberInput = (props: {
  path: string;
  label: string;
  value?: number;
  required?: boolean;
  onChange: (value: number | undefined) => void;
}) => {
  const problem = useProblem(props.path);
  return (
    <TextField
      id={`meshway-${props.path}`}
      label={props.label}
      type="number"
      value={props.value ?? ''}
      required={props.required}
      fullWidth
      size="small"
      error={problem !== undefined}
      helperText={problem}
      inputProps={{ 'data-testid': props.path, inputMode: 'numeric' }}
      onChange={event => {
        const number = Number(event.target.value);
        props.onChange(
          event.target.value === '' || Number.isNaN(number)
            ? undefined
            : number,
        );
      }}
    />
  );
};

/** One of a few. Native, so that phones and screen readers show it their own way. */
export const ChoiceInput = (props: {
  path: string;
  label: string;
  value: string;
  choices: ReadonlyArray<{ value: string; label: string }>;
  onChange: (value: string) => void;
}) => {
  const problem = useProblem(props.path);
  return (
    <TextField
      id={`meshway-${props.path}`}
      label={props.label}
      value={props.value}
      select
      fullWidth
      size="small"
      error={problem !== undefined}
      helperText={problem}
      SelectProps={{ native: true }}
      inputProps={{ 'data-testid': props.path }}
      onChange={event => props.onChange(event.target.value)}
    >
      {props.choices.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </TextField>
  );
};
