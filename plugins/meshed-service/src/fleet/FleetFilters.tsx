import { Button, SearchField } from '@backstage/ui';
import {
  phases,
  rungs,
  rungWords,
  states,
  stateWords,
} from '@meshway/plugin-meshed-service-common';
import { useEffect, useState } from 'react';
import styles from './FleetFilters.module.css';
import type { FleetFilters as Filters } from './FleetQuestion';

/** Long enough to be done typing. */
const PAUSE_MILLISECONDS = 300;

type Choice = { value: string; label: string };

/** What narrows the fleet. Native choices, so that phones and screen readers show them their own way. */
export const FleetFilters = (props: {
  filters: Filters;
  /** What there is to choose from; what is not known yet cannot be chosen. */
  owners: readonly Choice[];
  clusters: readonly string[];
  onChange: (filters: Filters) => void;
}) => {
  const { filters, owners, clusters, onChange } = props;
  const set = (change: Filters) => onChange({ ...filters, ...change });
  return (
    <div className={styles.filters} role="search" aria-label="Filter services">
      <TypedFilter
        label="Name"
        value={filters.search ?? ''}
        onChange={search => set({ search: search || undefined })}
      />
      <ChosenFilter
        label="Verdict"
        value={filters.verdict}
        choices={verdicts}
        onChange={value =>
          set({ verdict: [...rungs, 'unknown' as const].find(is(value)) })
        }
      />
      <ChosenFilter
        label="State"
        value={filters.state}
        choices={states.map(value => ({
          value,
          label: stateWords[value].label,
        }))}
        onChange={value => set({ state: states.find(is(value)) })}
      />
      <ChosenFilter
        label="Owner"
        value={filters.owner}
        choices={owners}
        onChange={owner => set({ owner })}
      />
      <ChosenFilter
        label="Cluster"
        value={filters.cluster}
        choices={clusters.map(value => ({ value, label: value }))}
        onChange={cluster => set({ cluster })}
      />
      <ChosenFilter
        label="Phase"
        value={filters.phase}
        choices={phases.map(value => ({ value, label: value }))}
        onChange={value => set({ phase: phases.find(is(value)) })}
      />
      <TypedFilter
        label="Template version"
        value={filters.templateVersion ?? ''}
        onChange={version => set({ templateVersion: version || undefined })}
      />
      {Object.values(filters).some(Boolean) && (
        <Button variant="tertiary" onPress={() => onChange({})}>
          Clear all
        </Button>
      )}
    </div>
  );
};

const is =
  (wanted: string | undefined) =>
  (value: string): boolean =>
    value === wanted;

const verdicts: Choice[] = [
  { value: 'unknown', label: 'Unknown' },
  ...rungs.map(value => ({ value, label: rungWords[value].label })),
];

const ChosenFilter = (props: {
  label: string;
  value: string | undefined;
  choices: readonly Choice[];
  onChange: (value: string | undefined) => void;
}) => {
  const { label, value = '', choices } = props;
  const isListed = value === '' || choices.some(each => each.value === value);
  return (
    <label className={styles.chosen}>
      <span>{label}</span>
      <select
        value={value}
        onChange={event => props.onChange(event.target.value || undefined)}
      >
        <option value="">all</option>
        {!isListed && <option value={value}>{value}</option>}
        {choices.map(choice => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
};

/** Text that is asked for when typing pauses. */
const TypedFilter = (props: {
  label: string;
  value: string;
  onChange: (text: string) => void;
}) => {
  const { label, value, onChange } = props;
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed.trim() === value) return undefined;
    const timer = window.setTimeout(
      () => onChange(typed.trim()),
      PAUSE_MILLISECONDS,
    );
    return () => window.clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <SearchField
      className={styles.typed}
      size="small"
      label={label}
      placeholder="any"
      maxLength={100}
      value={typed}
      onChange={setTyped}
    />
  );
};
