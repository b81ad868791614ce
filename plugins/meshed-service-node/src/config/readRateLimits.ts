import type { RateLimits } from './MeshedServiceConfig';
import { SettingsReader } from './SettingsReader';

/** A template's task asks about ten times; a form plans as it is filled in. */
const defaults: RateLimits = { writesPerMinute: 60, plansPerMinute: 120 };

/** Reads how often one user may ask. */
export function readRateLimits(limits: SettingsReader): RateLimits {
  limits.only('writesPerMinute', 'plansPerMinute');
  const number = (name: keyof RateLimits) =>
    limits.wholeNumber(name, { from: 1, to: 100_000 }) ?? defaults[name];
  return {
    writesPerMinute: number('writesPerMinute'),
    plansPerMinute: number('plansPerMinute'),
  };
}
