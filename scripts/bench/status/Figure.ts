import type { RowName } from './settings';

/** One measured value, and what it has to be. */
export type Figure = {
  row: RowName;
  what: string;
  /** As it is shown: with its unit. */
  measured: string;
  /** Nothing is asked of a figure without one. */
  bar?: string;
  reached?: boolean;
  /** What was measured how, where the words do not say it all. */
  note?: string;
};

/** @returns a figure that must not be larger. */
export function atMost(
  figure: Pick<Figure, 'row' | 'what' | 'note'>,
  value: number,
  most: number,
  unit = '',
): Figure {
  return {
    ...figure,
    measured: withUnit(value, unit),
    bar: `≤ ${withUnit(most, unit, 0)}`,
    reached: value <= most,
  };
}

/** @returns a figure that must not be smaller. */
export function atLeast(
  figure: Pick<Figure, 'row' | 'what' | 'note'>,
  value: number,
  least: number,
  unit = '',
): Figure {
  return {
    ...figure,
    measured: withUnit(value, unit),
    bar: `≥ ${withUnit(least, unit, 0)}`,
    reached: value >= least,
  };
}

/** @returns a figure of which nothing is asked. */
export function told(
  figure: Pick<Figure, 'row' | 'what' | 'note'>,
  value: number,
  unit = '',
): Figure {
  return { ...figure, measured: withUnit(value, unit) };
}

/** @returns that something could not be measured, and why. */
export function missing(row: RowName, what: string, because: string): Figure {
  return { row, what, measured: 'not measured', note: because };
}

function withUnit(value: number, unit: string, digits = 2): string {
  const text =
    Number.isInteger(value) || value >= 100
      ? String(Math.round(value))
      : value.toFixed(digits).replace(/\.?0+$/, '') || '0';
  const exact = digits === 0 ? String(value) : text;
  return unit === '' || unit === '×' ? `${exact}${unit}` : `${exact} ${unit}`;
}
